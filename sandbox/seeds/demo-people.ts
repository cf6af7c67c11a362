import type { Builder } from "../world/builder.ts";

/** Who the demo's chats are with, by names in several scripts. */
export interface People {
  anna: number;
  li: number;
  moshe: number;
  layla: number;
  oksana: number;
  yuki: number;
  emoji: number;
  gone: number;
  hans: number;
  weather: number;
}

export function populate(builder: Builder): People {
  let id = 6_000_000;
  const person = (firstName: string, lastName: string, username: string | null = null) =>
    builder.user(++id, firstName, { lastName, username, contact: true }).id;
  return {
    anna: person("Anna", "Кравченко", "anna_k"),
    li: person("伟", "李"),
    moshe: person("משה", "כהן", "moshe_c"),
    layla: person("ليلى", "حداد"),
    oksana: person("Оксана", "Шевченко", "oksana"),
    yuki: person("ゆき", "田中"),
    emoji: person("🦊✨", "", "foxy"),
    hans: person("Hans", "Müller", "hans_m"),
    gone: builder.user(++id, "", { deleted: true, hasPhoto: false }).id,
    weather: builder.user(++id, "Weather", { isBot: true, username: "weather_demo_bot" }).id,
  };
}

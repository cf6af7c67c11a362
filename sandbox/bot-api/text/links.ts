import { dateFormat } from "./read-entities.ts";

/** A link in formatted text, as the server understands it. */
export type Link =
  | { kind: "user"; id: number }
  | { kind: "emoji"; id: string }
  | { kind: "time"; unix: number; format: string }
  | { kind: "url"; url: string }
  | { kind: "none" };

/** What a link of a `[text](url)` or `<a href>` means; a link that leads nowhere loses its formatting. */
export function readLink(target: string): Link {
  const user = /^tg:\/\/user\?id=(\d{1,15})$/i.exec(target.trim());
  if (user) return { kind: "user", id: Number(user[1]) };
  const url = checkedUrl(target);
  return url ? { kind: "url", url } : { kind: "none" };
}

/** What a link of a `![text](url)` means: a custom emoji or a date. */
export function readMarkLink(target: string): Link {
  const emoji = /^tg:\/\/emoji\?id=(\d+)$/i.exec(target);
  if (emoji) return { kind: "emoji", id: emoji[1]! };
  const time = /^tg:\/\/time\?(.*)$/i.exec(target);
  if (!time) return { kind: "none" };
  const query = new URLSearchParams(time[1]);
  const unix = Number(query.get("unix"));
  if (!Number.isInteger(unix) || unix <= 0) return { kind: "none" };
  return { kind: "time", unix, format: dateFormat(query.get("format") ?? "") };
}

/** A URL with its scheme and path filled in, or null where Telegram makes no link of it. */
export function checkedUrl(text: string): string | null {
  const trimmed = text.trim();
  if (/^(?:tg|ton|tonsite|mailto|tel):/i.test(trimmed)) return trimmed;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!/^(?:https?|ftp):\/\//i.test(withScheme) || /\s/.test(withScheme) || !URL.canParse(withScheme)) return null;
  const { hostname } = new URL(withScheme);
  if (!hostname.includes(".") && hostname !== "localhost") return null;
  return /^[a-z]+:\/\/[^/?#]+$/i.test(withScheme) ? `${withScheme}/` : withScheme;
}

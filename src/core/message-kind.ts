/** One word for what a message is, as /stats counts it. */
import type { Message } from "./media.ts";
import type { MessageKind } from "./statistics.ts";

export function kindOf({ service, media, text }: Pick<Message, "service" | "media" | "text">): MessageKind {
  if (service !== null) return "service";
  if (media.type === "none") return text === "" ? "other" : "text";
  if (media.round) return "round";
  return media.type === "animation" ? "gif" : media.type;
}

/** Whether it carries something that can be saved. */
export const isFile = ({ service, media }: Pick<Message, "service" | "media">): boolean =>
  service === null && media.type !== "none" && media.type !== "other";

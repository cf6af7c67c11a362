import { isDeepStrictEqual } from "node:util";
import type { Entity, ReplyMarkup, WorldMessage } from "../world/types.ts";
import { badRequest } from "./refusal.ts";

/** What an edit would make of a message; what it leaves out stays as it is. */
export type Edit = { text?: string; entities?: Entity[]; replyMarkup: ReplyMarkup | null };

/** Refuses an edit that changes nothing, in text, formatting and buttons alike. */
export function assertModified(message: WorldMessage, edit: Edit): void {
  const sameText = edit.text === undefined || edit.text === message.text;
  const sameEntities = edit.entities === undefined || isDeepStrictEqual(plain(edit.entities), plain(message.entities));
  const sameMarkup = isDeepStrictEqual(plain(edit.replyMarkup), plain(message.replyMarkup ?? null));
  if (!sameText || !sameEntities || !sameMarkup) return;
  throw badRequest(
    "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
  );
}

/** As it would stand on the wire: absent and undefined are one. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** How an archive's folder and the file handed over are called. */
import { createHash } from "node:crypto";
import { safeName } from "../../core/safe-name.ts";
import type { ArchiveWish } from "../../core/tasks.ts";
import { localTime } from "../../core/zone.ts";

const ENDINGS = { json: "json", csv: "csv", html: "zip" };

/** "family": lower case, without spaces, whatever the chat is called. */
function slug(title: string): string {
  const name = safeName(title.toLowerCase().replace(/[\s_]+/gu, "-"), 60).replace(/^[-_]+|[-_]+$/g, "");
  return name === "" ? "chat" : name;
}

/** One folder for each kind of wish, so that the next run finds what the last one has made. */
export function folderName({ chatId, filter, format, media }: ArchiveWish, title: string): string {
  const kept = Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1));
  const digest = createHash("sha256").update(JSON.stringify(kept)).digest("hex").slice(0, 8);
  const parts = [
    chatId === null ? "all-chats" : `${slug(title)}-${Math.abs(chatId)}`,
    format,
    ...(media ? ["media"] : []),
    ...(kept.length > 0 ? [digest] : []),
  ];
  return parts.join("-");
}

/** "family-2026-11-22.json" */
export function sentName(wish: ArchiveWish, title: string, at: Date, timeZone: string, packed: boolean): string {
  const { year, month, day } = localTime(at, timeZone);
  const date = [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
  const name = wish.chatId === null ? "all-chats" : slug(title);
  return `${name}-${date}.${packed ? "zip" : ENDINGS[wish.format]}`;
}

import { renderFilename } from "../core/filename.ts";
import type { Chat } from "../core/media.ts";
import { placeholdersOf } from "../core/template.ts";

const NOTHING = {
  type: "other" as const,
  round: false,
  fileName: null,
  mimeType: null,
  size: null,
  fileKey: null,
  dcId: null,
  duration: null,
  width: null,
  height: null,
  restricted: false,
};

/** Where a chat's files go: the download folder and those steps of the template that are the same for all of them. */
export function savedFolder(downloads: string, template: string, chat: Pick<Chat, "chatId" | "title">): string {
  const steps = template.split("/").slice(0, -1);
  const varies = steps.findIndex((step) => placeholdersOf(step).some((one) => one !== "chat" && one !== "chat_id"));
  const fixed = varies === -1 ? steps : steps.slice(0, varies);
  if (fixed.length === 0) return downloads;
  const message = { chatTitle: chat.title, chatId: chat.chatId, date: new Date(0), messageId: 1, media: NOTHING };
  const folders = renderFilename([...fixed, "{id}"].join("/"), message)
    .split("/")
    .slice(0, -1);
  // The machine that saves may be of another kind than this one.
  const between = downloads.includes("\\") ? "\\" : "/";
  return [downloads.replace(/[\\/]+$/, ""), ...folders].join(between);
}

/** Where the files of an archive go. Names are made by the program, whatever people called theirs. */
import { basename } from "node:path";
import type { ChatId } from "../core/media.ts";
import { safeName } from "../core/safe-name.ts";

const FOLDERS: Record<string, string> = {
  photo: "photos",
  video: "videos",
  audio: "music",
  voice: "voice",
  sticker: "stickers",
  animation: "animations",
};

export const chatFolder = (chatId: ChatId): string => `chats/${chatId}`;

/** "media/photos/123_name.jpg": the number first, so that no two messages have one path. */
export function mediaPath(
  message: { chatId: ChatId; messageId: number; type: string; localPath: string },
  all: boolean,
): string {
  const name = safeName(basename(message.localPath), 120) || "file";
  const folder = FOLDERS[message.type] ?? "files";
  const path = `media/${folder}/${message.messageId}_${name}`;
  return all ? `${chatFolder(message.chatId)}/${path}` : path;
}

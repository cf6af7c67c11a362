/**
 * send — brings a message into the owner's chat with the bot: forwarded where it still stands in Telegram, else uploaded
 * from this machine's disk.
 */
import { basename } from "node:path";
import { AccessError, FileError } from "../../core/errors.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import type { Task, TaskContext } from "../task.ts";
import { knownChat, refuseRestricted } from "./known-chat.ts";

export const send: Task<"send"> = async ({ payload }, context) => {
  const { db, telegram, signal } = context;
  const { chatId, messageId, to, key } = payload;
  const chat = await knownChat(context, chatId);
  refuseRestricted(chat, context);
  const target = await telegram.findChat(to, signal);
  if (!target) throw new AccessError(`The account does not find ${to}: open the bot once in Telegram and press Start.`);
  const [there] = await telegram.messages(chat, [messageId], signal);
  const isProtected = chat.restricted || there?.message.media.restricted === true;
  if (there && !isProtected) {
    await telegram.forward(chat, [messageId], target, { key, silent: true }, signal);
    return { how: "forwarded" };
  }
  const row = await db.messages.get({ chatId, messageId });
  if (isProtected && !context.settings.allowRestricted) throw new AccessError("Its owners do not allow forwarding it.");
  await upload(row, target, key, context);
  return { how: "uploaded" };
};

async function upload(row: StoredMessage | null, target: Chat, key: string, context: TaskContext): Promise<void> {
  const { telegram, hostname, signal } = context;
  if (!row?.localFilePath || row.downloadHostname !== hostname)
    throw new AccessError(
      row?.localFilePath
        ? `The message is no more to be had from Telegram; its file lies on ${row.downloadHostname}, which is not at work.`
        : "The message is no more to be had from Telegram, and its file was not saved before.",
    );
  const { media } = row;
  try {
    const as = media.type === "none" || media.type === "other" ? "document" : media.type;
    const { duration, width, height, mimeType, round } = media;
    const fileName = media.fileName || basename(row.localFilePath);
    const caption = { text: row.text.slice(0, 1024) };
    const file = { path: row.localFilePath, fileName, as, mimeType, duration, width, height, round, caption };
    await telegram.sendFiles(target, [file], { key, silent: true }, signal);
  } catch (error) {
    if (error instanceof FileError) throw new AccessError(error.message, { cause: error });
    throw error;
  }
}

/** delete-plan — finds what a deletion means, asks Telegram for the rights, and freezes the list. Deletes nothing. */
import { CAP_WINDOW_MS } from "../../core/deletion.ts";
import { hasChoice } from "../../core/deletion-rules.ts";
import type { Message } from "../../core/media.ts";
import { matchingMessages } from "../deletion/matching.ts";
import { Summary } from "../deletion/summarize.ts";
import type { Task } from "../task.ts";
import { knownChat } from "./known-chat.ts";

export const deletePlan: Task<"delete-plan"> = async ({ payload: { deletionId } }, context) => {
  const { db, telegram, hostname, settings, progress, signal } = context;
  const deletion = await db.deletions.get(deletionId);
  if (deletion?.state !== "planning") return { matched: deletion?.summary?.count ?? 0 };
  const { filter } = deletion;
  const chat = await knownChat(context, deletion.chatId);
  const rights = await telegram.rightsIn(chat, signal);
  const now = new Date();
  const left = settings.deleteDailyCap - (await db.deletions.spent(new Date(now.getTime() - CAP_WINDOW_MS)));
  const everyone = deletion.everyone || !hasChoice(chat);
  const summary = new Summary(chat, rights, { everyone, now }, { room: Math.max(0, left), cap: deletion.cap });
  let buffer: Message[] = [];
  const flush = async () => {
    if (buffer.length > 0) await db.messages.record(buffer, hostname);
    buffer = [];
  };
  for await (const page of matchingMessages(chat, filter, context)) {
    for (const message of page) summary.add(message);
    progress.seen += page.length;
    buffer.push(...page);
    if (buffer.length >= 1_000) await flush();
  }
  await flush();
  const wholeChat = Object.keys(filter).length === 0;
  const copyable = !chat.restricted || settings.allowRestricted;
  const result = summary.result({ wholeChat, copyable });
  await db.deletions.freeze(deletionId, result.overCap ? [] : summary.items, result, everyone);
  return { matched: result.count };
};

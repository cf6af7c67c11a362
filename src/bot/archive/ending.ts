/** The end of an archive: the document itself, where a bot may send it, else where it is and what can be done. */
import { stat } from "node:fs/promises";
import type { Api } from "grammy";
import type { Family } from "../../core/job.ts";
import type { ArchiveResult } from "../../core/tasks.ts";
import { type SendOptions, sendDocument, sendView } from "../sending.ts";
import type { View } from "../view.ts";
import { archiveEndView, type HandOver, SENT_AT_MOST, uploadedView } from "../views/archive.ts";
import type { Voice } from "../voice.ts";

/** Null for jobs of another kind and for ones that did not come to their end. */
export async function archiveEnding(
  voice: Voice,
  { root, state }: Family,
): Promise<{ view: View; document: { path: string; name: string } | null } | null> {
  if (state !== "completed" || !root.result) return null;
  if (root.task === "upload-archive")
    return { view: uploadedView(voice, root.payload.name, root.result.bytes), document: null };
  if (root.task !== "archive") return null;
  const how = await handOver(root.result);
  const view = archiveEndView(voice, root.id, root.title, root.result, how);
  const { file, name } = root.result;
  return { view, document: how === "document" && file !== null ? { path: file, name } : null };
}

export async function sendEnding(
  api: Api,
  chatId: number,
  { view, document }: { view: View; document: { path: string; name: string } | null },
  options: SendOptions,
): Promise<number> {
  return document ? sendDocument(api, chatId, document, view, options) : sendView(api, chatId, view, options);
}

/** By what this machine sees: bot and worker may live on two. */
async function handOver({ file, folder, bytes }: ArchiveResult): Promise<HandOver> {
  const found = await stat(file ?? folder).catch(() => null);
  if (!found) return "elsewhere";
  if (file === null) return "folder";
  if (found.size !== bytes) return "elsewhere";
  return bytes <= SENT_AT_MOST ? "document" : "too-big";
}

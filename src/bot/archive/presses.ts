/** The buttons of /archive: its questions, and what can be done with one that is finished. */
import { fmt } from "@grammyjs/parse-mode";
import { UserError } from "../../core/errors.ts";
import type { Job } from "../../core/job.ts";
import { ARCHIVE_FORMATS } from "../../core/query-types.ts";
import type { ArchiveResult } from "../../core/tasks.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { askFor, chatById } from "../find-chat.ts";
import { say, typing } from "../sending.ts";
import { submitJob } from "../submit-job.ts";
import { verdictView } from "../views/archive.ts";
import { type ArchiveFlow, loadArchive, openArchive, present } from "./draft.ts";
import { settleArchive, submitArchive } from "./flow.ts";
import { sendParts } from "./parts.ts";

const VERIFIED_WITHIN_MS = 30 * 60_000;

export const pressArchive: PressHandler = async (ctx, [id = "", action = "", argument = ""]) => {
  const flow = await loadArchive(ctx, id);
  if (!flow) return ctx.voice.t.common.pressOnce;
  const handler = ACTIONS[action];
  if (!handler) return ctx.voice.t.common.stale;
  await handler(ctx, flow, argument);
  return undefined;
};

/** "Archive" on a chat's card: the same message asks for the format. */
export const pressArchiveChat: PressHandler = async (ctx, [chatId]) => {
  const flow = await openArchive(ctx, { chatId: Number(chatId), replyTo: null });
  flow.draft.messageId = ctx.callbackQuery?.message?.message_id ?? null;
  await settleArchive(ctx, flow);
  return undefined;
};

type Action = (ctx: BotContext, flow: ArchiveFlow, argument: string) => Promise<void>;

const ACTIONS: Record<string, Action> = {
  chat: async (ctx, flow, chatId) => {
    flow.data.chatId = (await chatById(ctx, Number(chatId))).chatId;
    await settleArchive(ctx, flow);
  },
  self: async (ctx, flow) => {
    const self = (await ctx.services.db.chats.self()) ?? (await askFor(ctx, "me"))?.chat;
    if (!self) throw new UserError(ctx.voice.t.chats.gone);
    flow.data.chatId = self.chatId;
    await settleArchive(ctx, flow);
  },
  all: async (ctx, flow) => {
    flow.data.chatId = null;
    await settleArchive(ctx, flow);
  },
  media: async (ctx, flow) => {
    flow.data.media = !flow.data.media;
    await settleArchive(ctx, flow);
  },
  format: async (ctx, flow, word) => {
    flow.data.format = ARCHIVE_FORMATS.find((format) => format === word) ?? null;
    await settleArchive(ctx, flow);
  },
  cancel: async (ctx, flow) => {
    await present(ctx, flow, { text: fmt`${ctx.voice.t.common.closed}` });
    await ctx.services.db.drafts.take(flow.draft.id);
  },
};

export const pressSplit: PressHandler = async (ctx, [id = ""]) => {
  const { archive } = ctx.voice.t;
  const { result } = await finished(ctx, id);
  behind(
    ctx,
    () => sendParts(ctx, result),
    (reason) => archive.partsFailed(reason),
  );
  return archive.sending;
};

export const pressUpload: PressHandler = async (ctx, [id = ""]) => {
  const { job, result } = await finished(ctx, id);
  if (result.file === null) return ctx.voice.t.archive.gone;
  const outcome = await submitJob(ctx, {
    job: {
      task: "upload-archive",
      payload: { archiveJob: job.id, file: result.file, name: result.name },
      title: result.name,
      hostname: result.hostname,
    },
    requestKey: `upload:${job.id}`,
    replyTo: ctx.callbackQuery?.message?.message_id ?? null,
  });
  return outcome === "already" ? ctx.voice.t.jobs.already : undefined;
};

export const pressZip: PressHandler = async (ctx, [id = ""]) => {
  const { job } = await finished(ctx, id);
  const outcome = await submitArchive(ctx, { ...job.payload, zip: true }, job.title, {
    requestKey: `zip:${job.id}`,
    replyTo: ctx.callbackQuery?.message?.message_id ?? null,
  });
  return outcome === "already" ? ctx.voice.t.jobs.already : undefined;
};

export const pressVerify: PressHandler = async (ctx, [id = ""]) => {
  const { archive } = ctx.voice.t;
  const { result } = await finished(ctx, id);
  const replyTo = ctx.callbackQuery?.message?.message_id ?? null;
  const options = {
    title: archive.verifying,
    timeoutMs: VERIFIED_WITHIN_MS,
    hostname: result.hostname,
    typing: typing(ctx),
  };
  behind(
    ctx,
    async () => {
      const verdict = await ctx.services.ask("verify-archive", { folder: result.folder }, options);
      await say(ctx, verdictView(ctx.voice, verdict), { replyTo });
    },
    (reason) => reason,
  );
  return archive.verifying;
};

async function finished(ctx: BotContext, id: string): Promise<{ job: Job<"archive">; result: ArchiveResult }> {
  const job = await ctx.services.db.jobs.get(id);
  if (job?.task !== "archive" || !job.result) throw new UserError(ctx.voice.t.archive.gone);
  return { job, result: job.result };
}

/** Long work that no other update shall wait for. */
function behind(ctx: BotContext, work: () => Promise<void>, failed: (reason: string) => string): void {
  const { log } = ctx.services;
  work().catch(async (error: unknown) => {
    log.warn({ err: error }, "Work behind a button failed.");
    const reason = error instanceof Error ? error.message : String(error);
    await say(ctx, { text: fmt`${failed(reason)}` }).catch(() => undefined);
  });
}

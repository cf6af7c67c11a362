/** Pictures that look alike: looked for when the owner asks, shown group by group, and removed one by one after a yes. */
import { UserError } from "../../core/errors.ts";
import type { LookAlikeReport, RemovalOrder, SeenPicture } from "../../core/look-alikes.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { openDraft } from "../dialogue.ts";
import { bring } from "../search/bring.ts";
import { show } from "../sending.ts";
import { submitJob } from "../submit-job.ts";
import { alikeGroupView, alikeReportView, removalView } from "../views/look-alikes.ts";
import { assertDatabase, chatsOf } from "./load.ts";

const CONFIRM = "look-alike-removal";

interface Confirmation {
  jobId: string;
  order: RemovalOrder;
}

export const lookAlikePresses: Record<string, PressHandler> = {
  /** Under the answer of /duplicates, for the machine it speaks of. */
  async "la-look"(ctx, [jobId = ""]) {
    await assertDatabase(ctx);
    const job = await ctx.services.db.jobs.get(jobId);
    const hostname = job?.task === "duplicates" ? job.result?.hostname : undefined;
    if (!hostname) throw new UserError(ctx.voice.t.duplicates.gone);
    const outcome = await submitJob(ctx, {
      job: { task: "look-alikes", payload: {}, title: hostname, hostname },
      requestKey: `look-alikes:${jobId}`,
      replyTo: ctx.callbackQuery?.message?.message_id ?? null,
    });
    return outcome === "already" ? ctx.voice.t.duplicates.already : undefined;
  },
  async la(ctx, [jobId = ""]) {
    await show(ctx, alikeReportView(ctx.voice, jobId, await reportOf(ctx, jobId)));
    return undefined;
  },
  async "la-one"(ctx, [jobId = "", index]) {
    const report = await reportOf(ctx, jobId);
    const at = Math.max(0, Math.floor(Number(index)) || 0);
    const pictures = report.groups[at]?.pictures ?? [];
    const there = await stillThere(ctx, report, pictures);
    const chats = await chatsOf(
      ctx,
      pictures.map(({ chatId }) => chatId),
    );
    await show(ctx, alikeGroupView(ctx.voice, jobId, report, at, there, chats));
    return undefined;
  },
  async "la-send"(ctx, [jobId = "", index, which]) {
    const { picture } = await pictureOf(ctx, jobId, index, which);
    const { db } = ctx.services;
    const message = await db.messages.get(picture);
    if (!message) throw new UserError(ctx.voice.t.duplicates.gone);
    await bring(ctx, message, await db.chats.get(message.chatId), String(ctx.update.update_id));
    return undefined;
  },
  async "la-remove"(ctx, [jobId = "", index, which]) {
    await assertDatabase(ctx);
    const { report, group, picture } = await pictureOf(ctx, jobId, index, which);
    const there = await stillThere(ctx, report, group);
    const stay = there.filter(({ content }) => content !== picture.content);
    const remove = there.find(({ content }) => content === picture.content);
    if (!remove) throw new UserError(ctx.voice.t.lookAlikes.notThere);
    if (stay.length === 0) throw new UserError(ctx.voice.t.lookAlikes.lastOne);
    const order: RemovalOrder = { remove, stay };
    const { id } = await openDraft(ctx, CONFIRM, { jobId, order } satisfies Confirmation);
    await show(ctx, removalView(ctx.voice, id, jobId, Number(index), order));
    return undefined;
  },
  async "la-go"(ctx, [draftId = ""]) {
    const { db } = ctx.services;
    await assertDatabase(ctx);
    const draft = await db.drafts.get(draftId);
    if (draft?.kind !== CONFIRM) throw new UserError(ctx.voice.t.duplicates.gone);
    const { jobId, order } = draft.data as Confirmation;
    const { hostname } = await reportOf(ctx, jobId);
    // Of two taps, or two phones, one counts.
    if (!(await db.drafts.take(draftId))) return ctx.voice.t.duplicates.already;
    await submitJob(ctx, {
      job: { task: "remove-look-alike", payload: order, title: hostname, hostname },
      requestKey: `look-alike:${draftId}`,
      replyTo: null,
    });
    return undefined;
  },
};

async function reportOf(ctx: BotContext, jobId: string): Promise<LookAlikeReport> {
  const job = await ctx.services.db.jobs.get(jobId);
  if (job?.task !== "look-alikes" || !job.result) throw new UserError(ctx.voice.t.duplicates.gone);
  return job.result;
}

async function pictureOf(ctx: BotContext, jobId: string, index: string | undefined, which: string | undefined) {
  const report = await reportOf(ctx, jobId);
  const group = report.groups[Number(index)]?.pictures ?? [];
  const picture = group[Number(which)];
  if (!picture) throw new UserError(ctx.voice.t.duplicates.gone);
  return { report, group, picture };
}

/** Those that still have a place on that machine by the records: others of the group may have been removed since. */
async function stillThere(
  ctx: BotContext,
  { hostname }: LookAlikeReport,
  pictures: readonly SeenPicture[],
): Promise<SeenPicture[]> {
  const there: SeenPicture[] = [];
  for (const picture of pictures) {
    const [kind, content = ""] = picture.content.split(/:(.*)/s);
    const by = kind === "sha256" ? "sha256" : "file_key";
    const rows = await ctx.services.db.duplicates.ofContent(hostname, by, content);
    const paths = picture.paths.filter((path) => rows.some((row) => row.path === path));
    if (paths.length > 0) there.push({ ...picture, paths });
  }
  return there;
}

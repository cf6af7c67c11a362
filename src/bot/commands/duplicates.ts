/** /duplicates — what is kept more than once on the disks, what it costs, and freeing it after a yes. */
import {
  bytesFreedBy,
  chosenBy,
  type DuplicateReport,
  type FreeOrder,
  type KeepRule,
  orderFor,
} from "../../core/duplicates.ts";
import { UserError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import { defineCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { openDraft } from "../dialogue.ts";
import { assertDatabase, chatsOf } from "../duplicates/load.ts";
import { lookAlikePresses } from "../duplicates/look-alikes.ts";
import { show } from "../sending.ts";
import { submitJob } from "../submit-job.ts";
import { confirmView, groupView, reportView, ruleView } from "../views/duplicates.ts";

const CONFIRM = "duplicates-confirm";
const SEEN_MS = 60_000;
const CHATS_OFFERED = 4;

interface Confirmation {
  jobId: string;
  orders: FreeOrder[];
}

export default defineCommand({
  name: "duplicates",
  description: "Files kept more than once",
  examples: ["/duplicates"],
  group: "get",
  explanation:
    "Finds files of the same content on each machine's disk, and says what they cost. You choose one by one or by a rule; copies are linked or removed after a yes, each compared byte by byte at that moment. The last copy is never touched, and other machines' copies are only counted. On request it also lists pictures that look alike without being the same; of those one at a time is removed, after a yes, while another one stays.",

  async run(ctx) {
    const { db, now } = ctx.services;
    await assertDatabase(ctx);
    const workers = await db.workers.list();
    const hostnames = new Set(
      workers
        .filter(({ lastSeenAt }) => now().getTime() - lastSeenAt.getTime() < SEEN_MS)
        .map(({ hostname }) => hostname),
    );
    if (hostnames.size === 0) throw new UserError(ctx.voice.t.duplicates.noMachine);
    for (const hostname of hostnames)
      await submitJob(ctx, {
        job: { task: "duplicates", payload: {}, title: hostname, hostname },
        requestKey: `update:${ctx.update.update_id}:${hostname}`,
        replyTo: ctx.message?.message_id ?? null,
      });
  },
  presses: {
    ...lookAlikePresses,
    async du(ctx, [jobId = ""]) {
      await show(ctx, reportView(ctx.voice, jobId, await reportOf(ctx, jobId)));
      return undefined;
    },
    async "du-one"(ctx, [jobId = "", index]) {
      const report = await reportOf(ctx, jobId);
      const at = Math.max(0, Math.floor(Number(index)) || 0);
      const chats = await chatsOf(ctx, report.groups[at]?.copies.flatMap(({ chatIds }) => chatIds) ?? []);
      await show(ctx, groupView(ctx.voice, jobId, report, at, chats));
      return undefined;
    },
    async "du-keep"(ctx, [jobId = "", index, keep]) {
      const report = await reportOf(ctx, jobId);
      const group = report.groups[Number(index)];
      const order = group && orderFor(group, Number(keep));
      if (!order) throw new UserError(ctx.voice.t.duplicates.gone);
      await confirm(ctx, jobId, report, [order]);
      return undefined;
    },
    async "du-rule"(ctx, [jobId = ""]) {
      const report = await reportOf(ctx, jobId);
      await show(ctx, ruleView(ctx.voice, jobId, report, await commonChats(ctx, report)));
      return undefined;
    },
    async "du-by"(ctx, [jobId = "", kind, chatId]) {
      const report = await reportOf(ctx, jobId);
      const rule: KeepRule =
        kind === "chat" ? { keep: "chat", chatId: Number(chatId) } : { keep: kind === "oldest" ? "oldest" : "newest" };
      const orders = report.groups.flatMap((group): FreeOrder[] => {
        const keep = chosenBy(rule, group);
        const order = keep === null ? null : orderFor(group, keep);
        return order ? [order] : [];
      });
      if (orders.length === 0) throw new UserError(ctx.voice.t.duplicates.nothingByRule);
      await confirm(ctx, jobId, report, orders);
      return undefined;
    },
    async "du-go"(ctx, [draftId = "", how]) {
      const { db } = ctx.services;
      await assertDatabase(ctx);
      const draft = await db.drafts.get(draftId);
      if (draft?.kind !== CONFIRM) throw new UserError(ctx.voice.t.duplicates.gone);
      const { jobId, orders } = draft.data as Confirmation;
      const report = await reportOf(ctx, jobId);
      // Of two taps, or two phones, one counts.
      if (!(await db.drafts.take(draftId))) return ctx.voice.t.duplicates.already;
      await submitJob(ctx, {
        job: {
          task: "free-duplicates",
          payload: { orders, how: how === "link" ? "link" : "remove" },
          title: report.hostname,
          hostname: report.hostname,
        },
        requestKey: `duplicates:${draftId}`,
        replyTo: null,
        ...(ctx.callbackQuery?.message ? { becomesCard: ctx.callbackQuery.message.message_id } : {}),
      });
      return undefined;
    },
  },
});

async function confirm(ctx: BotContext, jobId: string, report: DuplicateReport, orders: FreeOrder[]): Promise<void> {
  const { id } = await openDraft(ctx, CONFIRM, { jobId, orders } satisfies Confirmation);
  await show(ctx, confirmView(ctx.voice, id, jobId, report, orders));
}

async function reportOf(ctx: BotContext, jobId: string): Promise<DuplicateReport> {
  const job = await ctx.services.db.jobs.get(jobId);
  if (job?.task !== "duplicates" || !job.result) throw new UserError(ctx.voice.t.duplicates.gone);
  return job.result;
}

/** The chats whose copies could free most. */
async function commonChats(ctx: BotContext, { groups }: DuplicateReport): Promise<Chat[]> {
  const bytes = new Map<number, number>();
  for (const group of groups)
    for (const chatId of new Set(group.copies.flatMap(({ chatIds }) => chatIds)))
      bytes.set(chatId, (bytes.get(chatId) ?? 0) + bytesFreedBy(group));
  const most = [...bytes].sort(([, a], [, b]) => b - a).slice(0, CHATS_OFFERED);
  return [
    ...(
      await chatsOf(
        ctx,
        most.map(([chatId]) => chatId),
      )
    ).values(),
  ];
}

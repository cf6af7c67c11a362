/** One scan, as the workshop does it, of a history that is made while it is read. Prints one line of JSON. */
import { join } from "node:path";
import PQueue from "p-queue";
import { pino } from "pino";
import { type Job, NO_PROGRESS } from "../../src/core/job.ts";
import type { Chat, Message } from "../../src/core/media.ts";
import { DEFAULT_SETTINGS } from "../../src/core/settings.ts";
import { openDatabase } from "../../src/db/index.ts";
import { Destinations } from "../../src/userbot/destinations.ts";
import { scan } from "../../src/userbot/tasks/scan.ts";
import type { HistoryRange } from "../../src/userbot/telegram.ts";
import { createTransfer } from "../../src/userbot/transfer/index.ts";
import { sampleChat } from "../../test/contract/db/samples.ts";
import { InMemoryTelegram } from "../../test/contract/telegram/in-memory.ts";
import { SILENT } from "../../test/support/database.ts";
import { messagesOf } from "../large/messages.ts";

const PAGE = 100;
const WORKER = "bench/1";

/** Newest first, as Telegram gives it. */
class LongHistory extends InMemoryTelegram {
  length = 0;

  override async *history({ chatId }: Chat, range: HistoryRange): AsyncIterable<Message[]> {
    for (
      let last = Math.min(this.length, (range.beforeId ?? Infinity) - 1);
      last > (range.afterId ?? 0);
      last -= PAGE
    ) {
      const first = Math.max(1, (range.afterId ?? 0) + 1, last - PAGE + 1);
      yield [...messagesOf({ chatId, messages: this.length }, first, last)].reverse();
    }
  }
}

const [dataDir = "", count = "1000"] = process.argv.slice(2);
const telegram = new LongHistory({ id: 1, name: "Alex", username: null, premium: false });
telegram.length = Number(count);
const chat = sampleChat();
telegram.chatsById.set(chat.chatId, { chat, messages: [] });
const db = await openDatabase({ databaseUrl: null, dataDir, hostname: "bench", log: SILENT });
await db.chats.record([chat]);
const payload = { chatId: chat.chatId, filter: {}, next: "download" as const };
await db.jobs.add([{ id: "scan", task: "scan", payload, title: "scan" }]);
const job = await db.jobs.claim({ workerId: WORKER, hostname: "bench", leaseMs: 86_400_000, tasks: ["scan"] });
if (!job) throw new Error("There is no job to scan.");
const began = performance.now();
const result = await scan(job as Job<"scan">, {
  db,
  telegram,
  transfer: createTransfer(telegram),
  job,
  workerId: WORKER,
  hostname: "bench",
  downloadDir: dataDir,
  destinations: new Destinations(dataDir, join(dataDir, "destinations.jsonl")),
  settings: DEFAULT_SETTINGS,
  files: new PQueue(),
  progress: { ...NO_PROGRESS },
  signal: new AbortController().signal,
  log: pino({ level: "silent" }),
  wait: () => {},
  emit: async () => {},
  confirm: async () => {},
  nudge: () => {},
});
const seconds = (performance.now() - began) / 1000;
await db.close();
console.log(
  JSON.stringify({
    messages: result.seen,
    wanted: result.matched,
    seconds: Math.round(seconds),
    messagesPerSecond: Math.round(result.seen / seconds),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);

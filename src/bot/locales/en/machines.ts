import type { FormattedString } from "@grammyjs/parse-mode";
import { fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");
const records = counted("record", "records");

export const machines = {
  /** /hosts */
  heading: (count: number) => `🖥 ${counted("machine", "machines")(count)}`,
  none: "🖥 No machine has reported yet.",
  host: (number: number, host: Text, roles: string, version: string) => fmt`${number}. ${host} · ${roles} · ${version}`,
  roles: { bot: "answers you", worker: "fetches" } as Record<string, string>,
  idle: "idle",
  onJobs: (numbers: string, count: number) =>
    count === 1 ? `at work on job ${numbers}` : `at work on jobs ${numbers}`,
  unnumbered: "at work",
  draining: "🛑 drained: takes nothing new",
  drainingBusy: (numbers: string) => `🛑 drained: finishes job ${numbers}, takes nothing new`,
  disk: (free: string) => `${free} free`,
  folder: (path: Text) => fmt`📁 ${path}`,
  heard: (ago: string) => `heard ${ago} ago`,
  silent: (ago: string) => `⚠️ silent for ${ago}; its work is taken over`,
  stands: (trouble: string) => `⚠️ ${trouble}`,
  troubles: {
    SIGNED_OUT: "Not logged in: npm run login on that machine.",
    DUPLICATE_SESSION: "Telegram ended its session, because it was used in two places: npm run login on that machine.",
    COPIED_SESSION: "Its session was copied from another machine, so I don't use it: npm run login on that machine.",
    SESSION_IN_USE: "Another process uses its session.",
    NETWORK: "It can't reach Telegram right now and keeps trying.",
  } as Record<string, string>,
  troubleUnknown: (code: string) => `It can't use the account (${code}); its log says more.`,
  drain: (host: string) => `⏸ Drain ${host}`,
  takeBack: (host: string) => `▶️ Take back ${host}`,
  forget: (host: string) => `✖ Forget ${host}`,
  askDrain: (host: Text, last: boolean) =>
    fmt`Drain ${host}? It finishes what it has in hand and takes nothing new, until you take it back.${
      last ? "\n⚠️ No other machine fetches now, so everything then waits." : ""
    }`,
  askTakeBack: (host: Text) => fmt`Take ${host} back? It takes work again at once.`,
  drainYes: "⏸ Drain it",
  takeBackYes: "▶️ Take it back",
  keep: "Leave it",
  drained: "It takes nothing new.",
  takenBack: "It takes work again.",
  forgotten: "Forgotten.",
  gone: "This machine is not listed any more.",

  /** The database is away, and is back. */
  away: (reference: string) =>
    fmt`🛠 My database isn't answering. Downloads go on; I keep the records on disk and write them when it's back. (id ${bold(reference)})`,
  awayRefused: (reason: string, reference: string) =>
    fmt`🛠 My database doesn't let me in: ${reason} Downloads go on; I keep the records on disk and write them when it's back. (id ${bold(reference)})`,
  notNow: (sentence: string, reference: string) => fmt`🛠 ${sentence} (id ${bold(reference)})`,
  back: (took: string, rows: number) =>
    `✅ Database back after ${took}. ${rows === 0 ? "Nothing had to be written from disk." : `${records(rows)} written from disk.`}`,
  tryNow: "↻ Try now",
  answers: "It answers again.",
  stillAway: "Still no answer. I keep trying.",
  localJobs: (heading: string) => `${heading} (from my local list, the database isn't answering)`,

  /** /status, beyond what was there before. */
  awayReason: (reason: string) => `Why: ${reason}`,
  handedOver: (rows: number, at: Text) => fmt`Last outage: ${records(rows)} handed over, ${at}`,
  requests: (calls: number, parts: number, paced: number) =>
    `Asked of Telegram today: ${counted("call", "calls")(calls)}, ${counted("file part", "file parts")(parts)}${
      paced > 0 ? `; held back ${paced === 1 ? "once" : `${n(paced)} times`} to stay within the budget` : ""
    }`,
  hosts: "🖥 Machines",
  log: "📜 Log",
};

import type { FormattedString } from "@grammyjs/parse-mode";
import { fmt } from "@grammyjs/parse-mode";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const running = counted("job running", "jobs running");

export const start = {
  first: (person: Text) => fmt`👋 Hi ${person}. I'm your private Telegram assistant. Only you can use me.`,
  claimed: "✅ This bot is yours now. The link is used up.",
  account: (who: Text | null, connecting: boolean, zone: string) =>
    fmt`Your account: ${who ?? (connecting ? "connecting…" : bold("not connected yet"))} · Time zone: ${zone} · Language: English`,
  connected: (who: Text) => fmt`✅ Connected as ${who}.`,
  connecting: "⏳ Your account is being connected.",
  notConnected: "🔑 Your account is not connected yet.",
  noWorker: "🖥 No machine is at work right now.",
  runningNow: (count: number) => ` ${running(count)}.`,
  idle: " No jobs running.",
  next: "Next: pick a chat and save what is in it with /download.",
  nextConnect: "Next: connect your account, then /download saves what a chat holds.",
  timeZone: "🌍 Time zone",
  what: "❓ What can you do",
  download: "📥 Download",
  search: "🔎 Search",
  stats: "📊 Stats",
  chats: "💬 Chats",
  jobs: (count: number) => (count > 0 ? `🧾 Jobs ${count}` : "🧾 Jobs"),
  settings: "⚙️ Settings",
  status: {
    title: "🩺 Status",
    account: (who: Text) => fmt`Account: ${who}`,
    database: (dialect: string, away: boolean) =>
      `Database: ${dialect}, ${away ? "away; records are kept on this machine" : "working"}`,
    owed: (count: number, since: Text) => fmt`Away since ${since}; ${counted("record", "records")(count)} to hand over`,
    machine: (host: Text, disk: string | null, seen: Text, version: string) =>
      disk ? fmt`🖥 ${host} · ${disk} free · ${seen} · ${version}` : fmt`🖥 ${host} · ${seen} · ${version}`,
    alive: "at work",
    draining: "finishing, takes nothing new",
    lastSeen: (at: Text) => fmt`last seen ${at}`,
    noMachine: "🖥 No machine has reported yet.",
    jobs: (running: number, waiting: number) => `Jobs: ${running} running, ${waiting} waiting`,
  },
};

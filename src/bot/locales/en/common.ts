import { FormattedString, fmt } from "@grammyjs/parse-mode";
import { plural } from "../../../core/plural.ts";
import { formatCount } from "../../../core/units.ts";

/** A counted word: "1 file", "1,224 files". */
export const counted = (one: string, other: string) => (count: number) =>
  `${formatCount(count, "en")} ${plural(count, { one, other }, "en")}`;

export const files = counted("file", "files");
export const bold = FormattedString.bold;
type Text = FormattedString | string;

export const common = {
  files,
  messages: counted("message", "messages"),
  jobs: counted("job", "jobs"),
  typeNames: {
    photo: "Photos",
    video: "Video",
    audio: "Audio",
    voice: "Voice",
    round: "Round video",
    gif: "GIFs",
    sticker: "Stickers",
    document: "Documents",
    link: "Links",
    poll: "Polls",
    text: "Text",
  },
  /** One file of a kind, for "1 video". */
  typeCounts: {
    photo: counted("photo", "photos"),
    video: counted("video", "videos"),
    audio: counted("audio file", "audio files"),
    voice: counted("voice message", "voice messages"),
    round: counted("round video", "round videos"),
    gif: counted("GIF", "GIFs"),
    animation: counted("GIF", "GIFs"),
    sticker: counted("sticker", "stickers"),
    document: counted("document", "documents"),
  } as Record<string, (count: number) => string>,
  chatTypes: { user: "person", group: "group", channel: "channel", supergroup: "group" },
  back: "‹ Back",
  cancel: "✖ Cancel",
  close: "✖ Close",
  change: "Change",
  tryAgain: "↻ Try again",
  refresh: "↻ Refresh",
  connect: "🔑 How to connect",
  forget: "✖ Forget it",
  closed: "Closed. Nothing started.",
  closedShort: "Closed.",
  stale: "This button is from an older version. /help",
  pressOnce: "Already done.",
  expired: "⌛ Expired – start again.",
  startAgain: "↻ Start again",
  unexpected: (reference: string) =>
    fmt`😕 That didn't work and it's my fault. Reference ${bold(reference)} (in the server log).`,
  problem: (sentence: string) => `⚠️ ${sentence}`,
  usage: (usage: string) => fmt`Write it like this: ${FormattedString.code(usage)}`,
  needAccount: "🔑 I need your account first. Your command is saved and will be ready after login.",
  givenUp: (command: string) =>
    fmt`😕 I was stopped again and again before I had done with ${FormattedString.code(command)}, so I have left it.`,
  noWorker: "🖥 No machine is at work right now, so I can't look into Telegram. Your command is saved.",
  accountTrouble: (trouble: string) => `🔑 ${trouble} Your command is saved.`,
  troubles: {
    NETWORK: "Telegram can't be reached from the server right now; I keep trying.",
    UNEXPECTED: "Something unexpected keeps me from your account; the server log says what.",
    COPIED_SESSION:
      "The session on the server was copied from another machine, so I don't use it. Log in on the server itself.",
    DUPLICATE_SESSION:
      "Telegram closed your account's session, because it was used in two places. Log in again on the server.",
  } as Record<string, string>,
  troubleUnknown: (code: string) => `Your account can't be used now (${code}); the server log says more.`,
  accountLost: (jobs: number, duplicate: boolean) =>
    fmt`🔑 Telegram signed me out (${
      duplicate ? "the session was used in two places" : "the session was ended from another device"
    }).${jobs > 0 ? ` ${counted("job waits", "jobs wait")(jobs)} and will continue after you reconnect.` : ""}`,
  accountBack: (who: string) => fmt`✅ Connected again as ${who}. What waited goes on.`,
  reconnect: "🔑 Reconnect",
  connectHow: fmt`🔑 ${bold("Connect your account")}\nOn the server, in the program's folder, type ${FormattedString.code("npm run login")} and answer its questions there. I notice by myself when you are done.\n⚠️ Never send or forward the login code in a chat – Telegram cancels it at once.`,
  noAnswer: (what: string) => `⏳ ${what} takes longer than usual, so I stopped waiting. Nothing was started.`,
  waitingFor: (at: Text) => fmt`⏳ Telegram asked me to slow down until ${at}. Please try again then.`,
  looking: "Looking into the chat",
  strangers: (count: number) =>
    `👤 ${counted("unknown person", "unknown people")(count)} tried this bot today. I stayed silent.`,
  unknownCommand: (typed: string, meant: string | null) =>
    meant ? `I don't know /${typed}. Did you mean /${meant}?` : `I don't know /${typed}.`,
  allCommands: "All commands",
  plainText: (words: Text) => fmt`I can't search your chats for “${words}” yet. What I can do: /help`,
  notText: "I understand commands, message links and forwarded messages. /help shows what I can do.",
  page: (page: number, pages: number) => `${page}/${pages}`,
  previous: "‹",
  next: "›",
  saidNo: "Telegram asked me to slow down; please press again in a minute.",
};

/** End messages: each is sent until Telegram has taken it, and then never again. */
import { type Api, GrammyError } from "grammy";
import type { Logger } from "pino";
import { referenceTo } from "../core/chat-reference.ts";
import { isQuiet } from "../core/clock.ts";
import type { Family } from "../core/job.ts";
import type { Settings } from "../core/settings.ts";
import { queryOf } from "../core/write-query.ts";
import type { Db, JobCard } from "../db/db.ts";
import { archiveEnding, sendEnding } from "./archive/ending.ts";
import { lastEnd } from "./job-end.ts";
import { savedPlaces } from "./saved-places.ts";
import { scanCommand } from "./scan/command.ts";
import { troubleOf, waitAsked } from "./sending.ts";
import { createToldMarks } from "./told-marks.ts";
import { endView } from "./views/end.ts";
import { voiceOf } from "./voice.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** The message stands in the chat, and only the account has seen it: its number on the bot's side is not known. */
const SEEN = 0;
/** Clocks differ, and Telegram counts in seconds. */
const CLOCKS_DIFFER_MS = 60_000;

/** Whether the bot's message stands in the chat. False where nobody can look: telling twice is better than never. */
export type WasSeen = (text: string, since: Date, title: string) => Promise<boolean>;

export interface Endings {
  /** Tries once, unless it is too early to try again; the board asks again with its next look. */
  send(card: JobCard, family: Family, settings: Settings): Promise<void>;
  idle(): Promise<void>;
}

export function createEndings(deps: { db: Db; api: Api; log: Logger; now: () => Date; wasSeen?: WasSeen }): Endings {
  const { db, api, log, now, wasSeen = async () => false } = deps;
  const marks = createToldMarks(db.settings);
  const notBefore = new Map<string, { at: number; pause: number }>();
  const running = new Map<string, Promise<void>>();
  /** Sent, though the database has not taken note yet: a second try of the note must not send again. */
  const sent = new Map<string, number>();

  async function attempt(card: JobCard, family: Family, settings: Settings): Promise<void> {
    const { jobId } = card;
    try {
      let messageId = sent.get(jobId);
      if (messageId === undefined) {
        const voice = voiceOf(settings, now());
        const ending = (await archiveEnding(voice, family)) ?? {
          view: endView(voice, family, await describe(card, family, settings)),
          document: null,
        };
        const silent = family.state === "cancelled" || isQuiet(settings.quietHours, now(), settings.timeZone);
        const options = { replyTo: card.replyToId ?? card.messageId, silent };
        const before = await marks.doubtful(jobId);
        if (
          before &&
          (await wasSeen(before.text, new Date(Date.parse(before.at) - CLOCKS_DIFFER_MS), voice.t.common.looking))
        )
          messageId = SEEN;
        else {
          const { text } = ending.view.text;
          // Only what names its job cannot be mistaken for another one's end.
          if (new RegExp(`\\bJob ${card.number}\\b`).test(text)) await marks.set(jobId, text, now());
          messageId = await sendEnding(api, card.chatId, ending, options);
        }
        sent.set(jobId, messageId);
      }
      await db.jobCards.update(jobId, { endMessageId: messageId });
      await marks.forget(jobId);
      sent.delete(jobId);
      notBefore.delete(jobId);
      log.info({ jobId, number: card.number, state: family.state }, "The owner was told of the end of a job.");
    } catch (error) {
      // Refused is refused; anything else may have reached the owner.
      if (error instanceof GrammyError && error.error_code < 500) await marks.forget(jobId).catch(() => undefined);
      const asked = waitAsked(error);
      const pause =
        asked === null
          ? Math.min((notBefore.get(jobId)?.pause ?? FIRST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS)
          : asked * 1_000;
      notBefore.set(jobId, { at: now().getTime() + pause, pause });
      const why = troubleOf(error);
      log.warn({ ...why, jobId, pause }, "The end of a job could not be told yet; it will be tried again.");
    }
  }

  async function describe(card: JobCard, family: Family, settings: Settings) {
    const { root } = family;
    const last = await lastEnd(db, root.id);
    const ended = last.at ?? now();
    const reason = root.error ?? last.reason ?? family.failure ?? null;
    const started = root.startedAt ?? root.createdAt;
    const chat = root.task === "scan" ? await db.chats.get(root.payload.chatId) : null;
    const { directory, places } = await savedPlaces(db, root.id, settings.filenameTemplate, chat);
    return {
      number: card.number,
      took: Math.max(0, ended.getTime() - started.getTime()),
      directory,
      places,
      reason,
      command:
        chat && root.task === "scan"
          ? `/download ${queryOf(root.payload.filter, referenceTo(chat), { timeZone: settings.timeZone })}`
          : root.task === "index"
            ? await scanCommand(db, root.payload, settings.timeZone)
            : null,
    };
  }

  return {
    async send(card, family, settings) {
      if (running.has(card.jobId) || now().getTime() < (notBefore.get(card.jobId)?.at ?? 0)) return;
      const work = attempt(card, family, settings).finally(() => running.delete(card.jobId));
      running.set(card.jobId, work);
      await work;
    },
    async idle() {
      await Promise.all(running.values());
    },
  };
}

/** What is shown of a scan: the choice of chats, what its card counts, and its end. */
import { fmt } from "@grammyjs/parse-mode";
import type { Family } from "../../core/job.ts";
import type { Chat, ChatId } from "../../core/media.ts";
import { formatDuration } from "../../core/units.ts";
import { button, copyButton, inRows, lines, rows, type View } from "../view.ts";
import { name, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";
import { pager } from "./pager.ts";

export const SCAN_CHATS_PER_PAGE = 8;

export function scanChoiceView(
  voice: Voice,
  id: string,
  choice: { chats: readonly Chat[]; chosen: readonly ChatId[]; full: boolean; page: number; pages: number },
): View {
  const { scan, settings, common } = voice.t;
  const to = (action: string, ...words: (string | number)[]) => ["sc", id, action, ...words];
  const chip = (chat: Chat) => {
    const label = plainName(titleOf(voice, chat), 20);
    return button(choice.chosen.includes(chat.chatId) ? settings.ticked(label) : label, to("chat", chat.chatId));
  };
  const count = choice.chosen.length;
  return {
    text: lines(scan.ask(count), choice.chats.length === 0 && scan.noChatsYet),
    buttons: [
      ...inRows(choice.chats.map(chip), 2),
      ...pager(voice, choice, (page) => to("page", page)),
      ...rows(
        [button(scan.all, to("all")), button(scan.full(choice.full), to("full"))],
        [count > 0 && button(scan.start(count), to("start"), "primary"), button(common.cancel, to("cancel"))],
      ),
    ],
  };
}

export const expiredScanView = ({ t }: Voice, id: string): View => ({
  text: fmt`${t.common.expired}`,
  buttons: rows([button(t.common.startAgain, ["sc", id, "renew"], "primary"), button(t.common.close, ["close"])]),
});

/** Of the job that scans one chat, messages are counted; of several, chats. */
export const isAlone = ({ root }: Pick<Family, "root">): boolean =>
  root.task === "index" && root.payload.chatIds?.length === 1;

/** "👁 12,400 messages looked at · 🆕 1,200 new" */
export function scanTallies({ t, simple }: Voice, { progress }: Family): string | null {
  const { seen, fresh, edited, gone } = progress;
  const parts = [
    seen > 0 && t.scan.seen(seen),
    fresh > 0 && t.scan.fresh(fresh),
    edited > 0 && t.scan.edited(edited),
    gone > 0 && t.scan.gone(gone),
  ].filter((part) => typeof part === "string");
  return parts.map((part) => (simple ? part.replace(/^[^\p{L}\p{N}]+/u, "") : part)).join(" · ") || null;
}

export function scanDoneView(
  voice: Voice,
  family: Family,
  { number, took, command }: { number: number; took: number; command: string | null },
): View {
  const { jobs, scan } = voice.t;
  const { seen, fresh, edited, gone, failed } = family.progress;
  const found = [fresh > 0 && scan.fresh(fresh), edited > 0 && scan.edited(edited), gone > 0 && scan.gone(gone)];
  const words = found.filter((part) => typeof part === "string").join(" · ");
  const ids = family.root.task === "index" ? family.root.payload.chatIds : null;
  return {
    text: lines(
      jobs.done(number, name(family.root.title)),
      seen > 0 && scan.looked(seen, formatDuration(Math.max(took, 1_000))),
      words || scan.upToDate,
      failed > 0 && scan.unread(failed),
    ),
    buttons: rows([
      button(scan.stats, ["stats", ids?.length === 1 ? (ids[0] ?? "all") : "all"], "primary"),
      command && copyButton(jobs.copy, command),
    ]),
  };
}

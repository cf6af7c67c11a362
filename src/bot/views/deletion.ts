/** What a deletion looks like, from the preview to the report. */
import { FormattedString } from "@grammyjs/parse-mode";
import { type Deletion, type DeletionSummary, type ItemCounts, mustType } from "../../core/deletion.ts";
import { hasChoice } from "../../core/deletion-rules.ts";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { JobWait } from "../../core/job.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import { filterTypesOf } from "../../core/media-filter.ts";
import { jumpLink } from "../../core/telegram-link.ts";
import { oneLine } from "../../core/text.ts";
import { percent } from "../../core/units.ts";
import { button, lines, rows, type View } from "../view.ts";
import { clock, day, name, path, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";

export const left = ({ planned, copied, copy_failed, sent }: ItemCounts): number =>
  planned + copied + copy_failed + sent;
export const total = (counts: ItemCounts): number => Object.values(counts).reduce((sum, one) => sum + one, 0);

export function heading(voice: Voice, { filter }: Deletion, chat: Chat): FormattedString {
  return voice.t.deletion.heading(name(titleOf(voice, chat)), describeMediaFilter(filter, voice));
}

/** With a token the danger button works; without, it is only looked at. */
export function previewView(
  voice: Voice,
  deletion: Deletion,
  chat: Chat,
  token: string | null,
  limits: { cap: number; left: number },
): View {
  const { deletion: texts, common } = voice.t;
  const { id, summary } = deletion;
  if (!summary) throw new Error("A deletion without a summary has no preview.");
  const head = heading(voice, deletion, chat);
  const impossible = notPossible(voice, summary);
  if (summary.overCap) {
    return {
      text: lines(head, texts.overCap(summary.count, limits.cap, limits.left)),
      buttons: rows([button(texts.settings, ["set", "deleting"]), button(common.close, ["close"])]),
    };
  }
  if (summary.count === 0) {
    const why = impossible ? texts.nothingPossible(impossible) : texts.nothing;
    return { text: lines(head, why), buttons: rows([button(common.close, ["close"])]) };
  }
  const foreign = summary.refused["no-right"] ?? 0;
  return {
    text: lines(
      head,
      [
        texts.count(summary.count, summary.own, summary.others),
        summary.first &&
          summary.last &&
          texts.dates(day(voice, new Date(summary.first)), day(voice, new Date(summary.last))),
      ]
        .filter(Boolean)
        .join(" · "),
      summary.byType.length > 1 &&
        summary.byType.map(({ type, count }) => texts.type(typeName(voice, type), count)).join(" · "),
      foreign > 0 && texts.onlyOwn(summary.count, summary.count + foreign),
      impossible && texts.notPossible(impossible),
      effectLine(voice, summary, chat),
      !summary.copyable && texts.restricted,
      summary.copyable && !deletion.backup && texts.noBackup,
    ),
    buttons: rows(
      [
        button(texts.samples(summary.samples.length), ["del", "see", id]),
        summary.copyable && button(texts.backup(deletion.backup), ["del", "bk", id]),
      ],
      [hasChoice(chat) && button(texts.everyone(deletion.everyone), ["del", "all", id])],
      [
        button(texts.keep, ["del", "keep", id]),
        token !== null &&
          button(
            foreign > 0 ? texts.deleteMine(summary.count) : texts.delete(summary.count),
            ["del", "go", token],
            "danger",
          ),
      ],
    ),
  };
}

export function notPossible({ t }: Voice, { refused }: DeletionSummary): string {
  return Object.entries(refused)
    .map(([reason, count]) => t.deletion.reasons[reason]?.(count) ?? t.deletion.otherReason(count, reason))
    .join(" · ");
}

export function effectLine({ t }: Voice, { everyone, onlyMe }: DeletionSummary, chat: Chat): string {
  const { effects } = t.deletion;
  if (chat.isSelf) return effects.self;
  if (everyone > 0 && onlyMe > 0) return effects.mixed(everyone, onlyMe);
  if (everyone === 0) return effects.me;
  return chat.type === "channel" ? effects.channel : chat.type === "user" ? effects.user : effects.group;
}

const typeName = ({ t }: Voice, type: string): string =>
  (t.common.typeNames as Record<string, string>)[type] ?? type.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

export function samplesView(voice: Voice, messages: readonly StoredMessage[], chat: Chat, all: number): View {
  const { deletion: texts, common } = voice.t;
  return {
    text: lines(
      texts.samplesTitle(messages.length, all),
      ...messages.map((message) => {
        const link = jumpLink(chat, message.messageId, { topicId: message.topicId });
        const words = message.text === "" ? (message.media.fileName ?? mediaWord(voice, message)) : message.text;
        const what = plainName(oneLine(words, 80), 80);
        return texts.sample(
          day(voice, message.date),
          plainName(message.senderName ?? "?", 30),
          link ? FormattedString.link(what, link) : what,
        );
      }),
    ),
    buttons: rows([button(common.close, ["close"])]),
  };
}

/** Asks for the number in words, or for a tap. */
export function typeView(voice: Voice, { id }: Pick<Deletion, "id">, head: FormattedString, count: number): View {
  const { deletion: texts } = voice.t;
  return {
    text: lines(head, texts.type_number(count)),
    buttons: rows([button(texts.keep, ["del", "keep", id])]),
    placeholder: String(count),
  };
}

export function graceView(voice: Voice, { id }: Deletion, counts: ItemCounts, willGo: number, seconds: number): View {
  const { deletion: texts } = voice.t;
  const text = counts.deleted > 0 ? texts.graceMore(willGo, seconds, counts.deleted) : texts.grace(willGo, seconds);
  return { text: lines(text), buttons: rows([button(texts.undo, ["del", "undo", id])]) };
}

export function copyingView(voice: Voice, { id }: Deletion, done: number, count: number): View {
  const { deletion: texts } = voice.t;
  return {
    text: lines(texts.copying(percent(done, count), count)),
    buttons: rows([button(texts.keep, ["del", "undo", id])]),
  };
}

export function runningView(voice: Voice, { id }: Deletion, counts: ItemCounts, wait: JobWait | null): View {
  const { deletion: texts } = voice.t;
  const all = total(counts);
  return {
    text: lines(texts.running(all - left(counts), all), wait && texts.waiting(clock(voice, wait.until))),
    buttons: rows([button(texts.stopHere, ["del", "stop", id], "danger")]),
  };
}

export function endView(voice: Voice, deletion: Deletion, counts: ItemCounts, stopped: boolean): View {
  const { deletion: texts } = voice.t;
  const { deleted, refused, gone, kept } = counts;
  const copied = deletion.folder !== null && deletion.manifestSha256 !== null;
  const more = [
    refused > 0 && texts.refused(refused),
    gone > 0 && texts.gone(gone),
    kept > 0 && !stopped && texts.keptCount(kept),
  ].filter(Boolean);
  const first = stopped ? texts.stopped(deleted, kept) : texts.done(deleted, total(counts));
  return {
    text: lines(
      [first, ...more].join(" · "),
      copied && deletion.folder ? texts.copyAt(path(deletion.folder)) : texts.noCopy,
      copied && deleted > 0 && texts.restoreHint(deletion.number),
    ),
    buttons: rows([button(texts.protocol, ["del", "log", deletion.id])]),
  };
}

/** Is a tap enough for so many? */
export const needsTyping = (summary: DeletionSummary | null, count: number): boolean =>
  summary === null || mustType(summary, count);

function mediaWord(voice: Voice, message: StoredMessage): string {
  const [type] = filterTypesOf(message);
  return type && type !== "text" ? `(${typeName(voice, type).toLowerCase()})` : voice.t.deletion.noText;
}

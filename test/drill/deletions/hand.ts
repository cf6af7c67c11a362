/** The owner's hand in the drill: says yes, answers questions, and looks until all is over. */
import type { Deletion } from "../../../src/core/deletion.ts";
import { buttonsOf, type PhoneMessage } from "../../support/phone.ts";
import { type Lane, pause } from "./lane.ts";

const OVER_WITHIN_MS = 180_000;
const TAP_AGAIN_MS = 10_000;
const ANSWER_WITHIN_MS = 4_000;
/** Tapped so often in vain, the owner lets it be. */
const TAPS = 4;

/** Taps a button, and types the number where it is asked for; what a kill has swallowed has not happened. */
export async function tap({ sandbox }: Lane, shown: PhoneMessage, label: RegExp): Promise<void> {
  const { control, phone } = sandbox;
  const now = (await phone.messages()).find(({ id }) => id === shown.id);
  const [, asked] = /Type the number (\d+)/.exec(now?.text ?? "") ?? [];
  if (asked) {
    await phone.say(asked);
    return;
  }
  const button = buttonsOf(now?.replyMarkup ?? null).find(({ text }) => label.test(text));
  if (!now || !button?.callback_data) return;
  await control.phone.press(shown.id, { data: button.callback_data }).catch(() => {});
  for (const until = Date.now() + ANSWER_WITHIN_MS; Date.now() < until; await pause(50)) {
    const after = (await phone.messages()).find(({ id }) => id === shown.id);
    if (!after || after.text === now.text) continue;
    const [, number] = /Type the number (\d+)/.exec(after.text) ?? [];
    if (number) await phone.say(number);
    return;
  }
}

export const hasButton = ({ replyMarkup }: PhoneMessage, data: string): boolean =>
  buttonsOf(replyMarkup).some(({ callback_data = "" }) => callback_data.endsWith(data));

/** Until the end of a deletion has been told, or it is certain that it never began. Answers with the questions it asked. */
export async function untilOver(lane: Lane, shown: PhoneMessage, id: string, next: () => number): Promise<number[]> {
  const { book, sandbox } = lane;
  const deadline = Date.now() + OVER_WITHIN_MS;
  const answers = new Map<number, { label: RegExp; at: number; taps: number }>();
  const questions: number[] = [];
  let last: Deletion | null = null;
  while (Date.now() < deadline) {
    const deletion = await book.deletions.get(id);
    last = deletion;
    if (!deletion || ((deletion.state === "done" || deletion.state === "kept") && deletion.told)) return questions;
    const waits = deletion.state === "preview" || deletion.state === "asking";
    const messages = waits ? await sandbox.phone.messages() : [];
    const message =
      deletion.state === "preview"
        ? messages.find((one) => one.id === shown.id)
        : (messages.findLast((one) => hasButton(one, `del:keep:${id}`)) ??
          messages.find((one) => one.id === questions.at(-1)));
    if (message) {
      const messageId = message.id;
      if (/^⌛/u.test(message.text)) return questions;
      const known = answers.get(messageId);
      const label = known?.label ?? (deletion.state === "preview" || next() < 0.8 ? /^🗑/u : /^[✖■]/u);
      const due = known ? Date.now() - known.at > TAP_AGAIN_MS : buttonsOf(message.replyMarkup).length > 0;
      if (known && known.taps >= TAPS && deletion.state === "preview") return questions;
      if (due && (deletion.state === "asking" || known)) {
        if (!known) questions.push(messageId);
        await tap(lane, message, label);
        answers.set(messageId, { label, at: Date.now(), taps: (known?.taps ?? 0) + 1 });
      } else if (!known && deletion.state === "preview") answers.set(messageId, { label, at: Date.now(), taps: 0 });
    }
    await pause(150);
  }
  throw new Error(
    `it did not end within ${OVER_WITHIN_MS / 1000} s; it is ${last?.state} (${last?.error ?? "no word"})`,
  );
}

/** What tests of deleting do on the owner's phone. */
import type { Db } from "../../src/db/db.ts";
import { eventually } from "./eventually.ts";
import { buttonsOf, type PhoneMessage } from "./phone.ts";
import { records } from "./records.ts";
import type { Sandbox } from "./sandbox.ts";

export const PREVIEW = /Telegram has no undo afterwards|Nothing matches|Nothing of it can|match, but the limit/u;
export const DONE = /^(✅ Deleted|■ Stopped|↩️ Stopped|❌ The copy)/u;
const ASKS = /^(?:⏸|🗄 The copy is complete|⚠️)/u;

/** Where a program writes down what it does. */
export type Book = { folder: string; databaseUrl: string | null };

/** /delete, up to its preview. */
export async function preview(sandbox: Sandbox, words: string): Promise<PhoneMessage> {
  const asked = await sandbox.phone.say(`/delete ${words}`);
  return sandbox.phone.waitFor(PREVIEW, { after: asked, timeoutMs: 60_000 });
}

/** The danger button of a message, pressed; and the number typed where it is asked for. */
export async function confirm({ control, phone }: Sandbox, shown: PhoneMessage, label = /^🗑/u): Promise<void> {
  const button = buttonsOf(shown.replyMarkup).find(({ text }) => label.test(text));
  if (!button?.callback_data) throw new Error(`There is no danger button below: ${shown.text}`);
  await control.phone.press(shown.id, { data: button.callback_data });
  // On a busy machine the press is answered before the message has changed.
  const now = await eventually(
    async () => (await phone.messages()).find(({ id, text }) => id === shown.id && text !== shown.text),
    { timeoutMs: 20_000, what: "an answer to the danger button" },
  );
  const [, number] = /Type the number (\d+)/.exec(now.text) ?? [];
  if (number) await phone.say(number);
}

export function awaitDone({ phone }: Sandbox, after: number, timeoutMs = 60_000): Promise<PhoneMessage> {
  // The message itself is edited to the same words; the report is the one with the protocol or a message of its own.
  return phone.waitFor(({ id, text, edits }) => DONE.test(text) && id > after && edits.length <= 1, { timeoutMs });
}

export const awaitQuestion = ({ phone }: Sandbox, after: number, timeoutMs = 60_000): Promise<PhoneMessage> =>
  phone.waitFor(({ id, text, replyMarkup }) => ASKS.test(text) && id > after && buttonsOf(replyMarkup).length > 0, {
    timeoutMs,
  });

/** Deleting on, and a short grace. */
export function allowDeleting(program: Book, graceSeconds = 1, cap = 100_000): Promise<void> {
  return records(program, async (db) => {
    await db.settings.set("deleteEnabled", true);
    await db.settings.set("deleteGraceSeconds", graceSeconds);
    await db.settings.set("deleteDailyCap", cap);
    await db.settings.set("repostsPerMinute", 6_000);
  });
}

/** The newest deletion, with its items. */
export function lastDeletion(program: Book) {
  return records(program, async (db: Db) => {
    const { deletions } = await db.deletions.list({}, { limit: 1, offset: 0 });
    const [deletion] = deletions;
    if (!deletion) throw new Error("There is no deletion.");
    return { deletion, counts: await db.deletions.counts(deletion.id), items: await itemsOf(db, deletion.id) };
  });
}

async function itemsOf(db: Db, id: string) {
  const items = await db.deletions.items(id, {}, 100_000);
  return items;
}

export const awaitState = (program: Book, state: string): Promise<unknown> =>
  eventually(async () => (await lastDeletion(program)).deletion.state === state, {
    timeoutMs: 60_000,
    what: `a deletion that is ${state}`,
  });

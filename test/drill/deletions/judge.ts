/** Compares what a run left behind with what the owner was shown, said yes to and was told. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deletion, DeletionItem } from "../../../src/core/deletion.ts";
import type { PhoneMessage } from "../../support/phone.ts";
import { hasButton } from "./hand.ts";

export interface Outcome {
  deletion: Deletion;
  items: readonly DeletionItem[];
  /** As it was at the preview. */
  frozen: readonly DeletionItem[];
  /** Of its preview and its questions, on the phone. */
  messageIds: readonly number[];
}

export function judge(at: {
  outcomes: readonly Outcome[];
  /** No longer in the chat. */
  gone: ReadonlySet<number>;
  takenByOthers: ReadonlySet<number>;
  messages: readonly PhoneMessage[];
}): string[] {
  const { outcomes, gone, takenByOthers, messages } = at;
  const faults = outcomes.flatMap((outcome) => judgeOne(outcome, gone, messages));
  const deleted = outcomes.flatMap(({ items }) => idsOf(items, "deleted"));
  const byUs = gone.size - [...takenByOthers].filter((id) => gone.has(id)).length;
  if (new Set(deleted).size !== deleted.length) faults.push("a message is written down as deleted twice");
  if (deleted.length !== byUs) faults.push(`${byUs} were deleted, ${deleted.length} are written down as deleted`);
  const shown = new Set(outcomes.flatMap(({ frozen }) => frozen.map(({ messageId }) => messageId)));
  const strange = [...gone].filter((id) => !shown.has(id) && !takenByOthers.has(id));
  if (strange.length > 0) faults.push(`${strange.length} messages are gone that were in no preview`);
  return faults;
}

function judgeOne(
  { deletion, items, frozen, messageIds }: Outcome,
  gone: ReadonlySet<number>,
  messages: readonly PhoneMessage[],
): string[] {
  const faults: string[] = [];
  const deleted = idsOf(items, "deleted");
  const previewed = new Set(frozen.map(({ messageId }) => messageId));
  const copied = copiedIds(deletion);
  if (deleted.some((id) => !gone.has(id))) faults.push("a message is written down as deleted that is still there");
  if (deleted.some((id) => !previewed.has(id))) faults.push("a message was deleted that was not in the preview");
  if (deletion.backup && deleted.some((id) => !copied.has(id))) faults.push("a message was deleted that has no copy");
  if (deleted.length > 0 && deletion.confirmedAt === null) faults.push("messages were deleted without a yes");
  const over = deletion.state === "done" || deletion.state === "kept";
  if (over && items.some(({ state }) => !["deleted", "refused", "gone", "kept"].includes(state)))
    faults.push("messages are left without an end");
  if (!over && deleted.length > 0) faults.push("messages were deleted and no end was told");
  if (over && deletion.state === "kept" && deleted.length > 0) faults.push("it is written down as kept, and is not");
  faults.push(...wronglyTold(deletion, items, messages, messageIds));
  return faults;
}

/** Every report of this deletion must name the numbers that are true. */
function wronglyTold(
  deletion: Deletion,
  items: readonly DeletionItem[],
  messages: readonly PhoneMessage[],
  messageIds: readonly number[],
): string[] {
  const of = (state: DeletionItem["state"]) => idsOf(items, state).length;
  const reports = messages.filter((message) => hasButton(message, `del:log:${deletion.id}`));
  const shown = messages.filter(({ id }) => messageIds.includes(id));
  const faults: string[] = [];
  if (deletion.state === "done" && reports.length === 0 && !shown.some(({ text }) => /were deleted before/.test(text)))
    faults.push("the end was not told");
  for (const { text } of [...reports, ...shown]) {
    const told: [string, RegExp, number][] = [
      ["deleted", /(?:✅ Deleted|■ Stopped\.|in time\.) ([\d,]+)/u, of("deleted")],
      ["refused", /([\d,]+) refused by Telegram/u, of("refused")],
      ["already gone", /([\d,]+) already gone/u, of("gone")],
      ["kept", /([\d,]+) kept/u, of("kept")],
    ];
    for (const [what, pattern, truth] of told) {
      const [, number] = pattern.exec(text) ?? [];
      if (number !== undefined && Number(number.replaceAll(",", "")) !== truth)
        faults.push(`the owner was told ${number} ${what}, it is ${truth}`);
    }
  }
  return faults;
}

const idsOf = (items: readonly DeletionItem[], state: DeletionItem["state"]): number[] =>
  items.filter((item) => item.state === state).map(({ messageId }) => messageId);

/** By the archive that is in the folder, as any reader of it sees it. */
function copiedIds({ folder, manifestSha256 }: Deletion): Set<number> {
  if (!folder || !manifestSha256) return new Set();
  const { messages } = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as { messages: { id: number }[] };
  return new Set(messages.map(({ id }) => id));
}

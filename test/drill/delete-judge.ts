/** Compares what a run of the drill of deleting left with what the owner was shown, said yes to and was told. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deletion, DeletionItem } from "../../src/core/deletion.ts";

export function judge(at: {
  deletion: Deletion;
  items: readonly DeletionItem[];
  frozen: readonly DeletionItem[];
  gone: readonly number[];
  end: string;
}): string[] {
  const { deletion, items, frozen, gone, end } = at;
  const faults: string[] = [];
  const previewed = new Set(frozen.map(({ messageId }) => messageId));
  const deleted = items.filter(({ state }) => state === "deleted").map(({ messageId }) => messageId);
  const copied = copiedIds(deletion);
  if (gone.some((id) => !previewed.has(id))) faults.push("a message is gone that was not in the preview");
  if (deletion.backup && gone.some((id) => !copied.has(id))) faults.push("a message is gone that has no copy");
  if (gone.length > 0 && deletion.confirmedAt === null) faults.push("messages are gone without a yes");
  if (gone.length !== deleted.length || deleted.some((id) => !gone.includes(id)))
    faults.push(`${gone.length} are gone, ${deleted.length} are written down as deleted`);
  const over = deletion.state !== "preview";
  if (over && items.some(({ state }) => ["planned", "copied", "sent"].includes(state)))
    faults.push("messages are left without an end");
  const [, told] = /(?:Deleted|Stopped\.|in time\.) ([\d,]+)/u.exec(end) ?? [];
  const number = told === undefined ? 0 : Number(told.replaceAll(",", ""));
  if (number !== gone.length) faults.push(`the owner was told ${number}, ${gone.length} are gone`);
  return faults;
}

function copiedIds({ folder }: Deletion): Set<number> {
  if (!folder) return new Set();
  const lines = readFileSync(join(folder, "messages.jsonl"), "utf8").split("\n").filter(Boolean);
  return new Set(lines.map((line) => (JSON.parse(line) as { message: { messageId: number } }).message.messageId));
}

/** What was thrown at the program, and what was counted. */
import type { RunResult } from "./one-run.ts";

interface Row {
  runs: number;
  struck: number;
  previewed: number;
  deleted: number;
  kept: number;
  questions: number;
  faults: number;
}

export class Tally {
  readonly #rows = new Map<string, Row>();

  add(trouble: string, { faults, struck, previewed, deleted, kept, questions }: RunResult): void {
    const row = this.#rows.get(trouble) ?? {
      runs: 0,
      struck: 0,
      previewed: 0,
      deleted: 0,
      kept: 0,
      questions: 0,
      faults: 0,
    };
    this.#rows.set(trouble, row);
    row.runs++;
    row.struck += struck;
    row.previewed += previewed;
    row.deleted += deleted;
    row.kept += kept;
    row.questions += questions;
    row.faults += faults.length;
  }

  table(): string[] {
    const names = ["runs", "struck", "previewed", "deleted", "kept", "questions", "faults"] as const;
    const sum = (name: (typeof names)[number]) => [...this.#rows.values()].reduce((all, row) => all + row[name], 0);
    const line = (label: string, cells: readonly (string | number)[]) =>
      label.padEnd(34) + cells.map((cell) => String(cell).padStart(10)).join("");
    return [
      line("what was thrown at it", names),
      ...[...this.#rows]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([trouble, row]) =>
          line(
            trouble,
            names.map((name) => row[name]),
          ),
        ),
      line("in all", names.map(sum)),
    ];
  }
}

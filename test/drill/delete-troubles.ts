/** What may happen to a deletion in its drill. */
import type { CuttableLine } from "../support/cuttable-line.ts";
import type { PhoneMessage } from "../support/phone.ts";
import type { Program } from "../support/program.ts";
import type { Sandbox } from "../support/sandbox.ts";

export const TROUBLES = [
  "nothing",
  "kill",
  "kill",
  "kill and wait",
  "cut",
  "lost answer",
  "flood",
  "replayed update",
  "double tap",
  "two phones",
  "undo",
  "stop",
  "clock",
  "outage",
] as const;
export type Trouble = (typeof TROUBLES)[number];
const SLOW_START_MS = 120_000;

export interface Scene {
  sandbox: Sandbox;
  program: Program;
  /** Reads the same database past the line that is cut, from a folder of its own. */
  book: { folder: string; databaseUrl: string | null };
  line: CuttableLine | null;
  next: () => number;
}

export async function strike(
  { sandbox, program, line, next }: Scene,
  trouble: Trouble,
  shown: PhoneMessage,
): Promise<void> {
  const after = { after: shown.id - 1, timeoutMs: 15_000 };
  switch (trouble) {
    case "kill":
    case "kill and wait":
      await pause(next() * 4_500);
      await program.kill("SIGKILL");
      if (trouble === "kill and wait") await pause(2_000);
      await startAgain(program);
      return;
    case "undo":
      await pause(next() * 2_500);
      await sandbox.phone.press(/Undo|Keep them/, after).catch(() => {});
      return;
    case "two phones":
      await Promise.allSettled([
        sandbox.phone.press(/Undo|Keep them/, after),
        sandbox.phone.press(/Undo|Stop here/, after),
      ]);
      return;
    case "stop":
      await pause(1_000 + next() * 3_000);
      await sandbox.phone.press(/Stop here/, { ...after, timeoutMs: 3_000 }).catch(() => {});
      return;
    case "clock":
      await sandbox.control.world.shiftClock(next() < 0.5 ? 3_600 : -1_800);
      return;
    case "outage":
      await pause(next() * 4_000);
      line?.cut();
      await pause(3_000);
      line?.restore();
      return;
    default:
      return;
  }
}

/** A machine with much to do may need longer than usual; the drill is not about that. */
async function startAgain(program: Program): Promise<void> {
  await program.start().catch(() => program.child.line((line) => line.includes('"msg":"Ready."'), SLOW_START_MS));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long machines take for one download over lines of equal, limited speed. */
import { END } from "./downloads.ts";
import { onDisks, startMachine } from "./machines.ts";
import type { Program } from "./program.ts";
import { startSandbox } from "./sandbox.ts";

export interface MachinesPlan {
  files: number;
  fileBytes: number;
  /** Of each session, whatever its connections. */
  bytesPerSecond: number;
  databaseUrl: string;
  /** The first one is the bot as well. */
  names: readonly string[];
}

export interface MachinesTime {
  /** From the command to the end message. */
  seconds: number;
  files: number;
  counts: number[];
  twice: number;
}

export async function timeMachines(plan: MachinesPlan): Promise<MachinesTime> {
  const { files, fileBytes, bytesPerSecond, databaseUrl, names } = plan;
  const sandbox = await startSandbox();
  const machines: Program[] = [];
  try {
    const sizes = { sizeMin: Math.round(fileBytes * 0.9), sizeMax: Math.round(fileBytes * 1.1) };
    const chatId = await sandbox.addChannel({ username: "bench", title: "Bench", files, ...sizes });
    for (const [index, name] of names.entries()) {
      const roles = index === 0 ? "bot,worker" : "worker";
      machines.push(await startMachine({ sandbox, name, roles, databaseUrl }));
    }
    // All are connected and have reported before the clock starts.
    for (const machine of machines) await machine.child.line((line) => line.includes("Connected to Telegram."), 30_000);
    await sandbox.control.setLine({ rttMs: 20, bytesPerSecond });
    const started = performance.now();
    const asked = await sandbox.phone.say("/download @bench");
    await sandbox.phone.waitFor(END, { after: asked, timeoutMs: 30 * 60_000 });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    await sandbox.control.setLine({ rttMs: 0, bytesPerSecond: 0 });
    const { missing, twice, counts } = await onDisks(sandbox, machines, chatId);
    if (missing > 0) throw new Error(`${missing} files are on no disk.`);
    return { seconds, files, counts, twice };
  } finally {
    for (const machine of machines.reverse()) await machine.remove();
    await sandbox.stop();
  }
}

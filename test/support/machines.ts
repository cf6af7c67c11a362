/** Machines that share one database: each a process with its own data folder, login and name. */
import { readdirSync } from "node:fs";
import { hashesBelow } from "../../src/cli/hashes.ts";
import { onServer } from "./database.ts";
import { type Program, startProgram } from "./program.ts";
import type { Sandbox } from "./sandbox.ts";

export interface MachineOptions {
  sandbox: Sandbox;
  name: string;
  databaseUrl: string;
  roles?: string;
  env?: Record<string, string>;
}

export function startMachine({ sandbox, name, databaseUrl, roles = "worker", env = {} }: MachineOptions) {
  return startProgram({
    sandbox,
    databaseUrl,
    signedIn: roles.includes("worker"),
    env: { ROLES: roles, MACHINE_NAME: name, ...env },
  });
}

/** How many files the database says that each machine has fetched of a chat. */
export async function sharesOf(databaseUrl: string, chatId: number): Promise<Map<string, number>> {
  const rows = await onServer<{ hostname: string; files: number }>(
    databaseUrl,
    "SELECT download_hostname AS hostname, COUNT(*) AS files FROM messages WHERE chat_id = ? AND status = 'downloaded' GROUP BY download_hostname",
    [chatId],
  );
  return new Map(rows.map(({ hostname, files }) => [hostname, Number(files)]));
}

export interface OnDisks {
  /** The files of the chat that are on no disk. */
  missing: number;
  /** Those that are on more than one, or twice on one. */
  twice: number;
  /** Whole files of each machine. */
  counts: number[];
}

/** Looks at what the machines' disks hold of a chat whose files all differ. */
export async function onDisks(sandbox: Sandbox, machines: readonly Program[], chatId: number): Promise<OnDisks> {
  const truth = (await sandbox.control.world.files(chatId)).map(({ sha256 }) => sha256);
  const places = new Map<string, number>(truth.map((hash) => [hash, 0]));
  const counts: number[] = [];
  for (const machine of machines) {
    const whole = [...(await hashesBelow(machine.downloads))].filter(([path]) => !path.endsWith(".part"));
    const mine = whole.filter(([, hash]) => places.has(hash));
    for (const [, hash] of mine) places.set(hash, (places.get(hash) ?? 0) + 1);
    counts.push(mine.length);
  }
  const found = [...places.values()];
  return { missing: found.filter((n) => n === 0).length, twice: found.filter((n) => n > 1).length, counts };
}

/** Files that lie there, halves not counted. */
export const filesBelow = (folder: string): number => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.endsWith(".part"),
    ).length;
  } catch {
    return 0;
  }
};

/** What end-to-end tests of a download ask of world, phone and disk. */
import { existsSync, readdirSync } from "node:fs";
import { expect } from "vitest";
import { hashesBelow } from "../../src/cli/hashes.ts";
import { eventually } from "./eventually.ts";
import type { PhoneMessage } from "./phone.ts";
import type { Program } from "./program.ts";
import { records } from "./records.ts";
import type { Sandbox } from "./sandbox.ts";

/** A milestone stands first in its line; a wait that says how far it is begins with its sign. */
const MILESTONE = /^(?:✅ )?(\d{1,3}) % – /mu;
export const END = /^(✅|❌) Job/u;

/** Every milestone that the versions of a card have shown, in order. */
function milestonesOf(versions: readonly string[]): number[] {
  return versions
    .map((text) => MILESTONE.exec(text)?.[1])
    .filter((found) => found !== undefined)
    .map(Number);
}

/** The job's end message, after the command that asked for it. */
export function awaitEnd(sandbox: Sandbox, after: number, timeoutMs = 120_000): Promise<PhoneMessage> {
  return sandbox.phone.waitFor(END, { after, timeoutMs });
}

/** The milestones of a job's card, once it has been edited for the last time; that may be after the end message. */
export async function closedCard(sandbox: Sandbox, after: number): Promise<{ id: number; milestones: number[] }> {
  const card = await sandbox.phone.waitFor(/^📥 Job.*\n✅ 100 % – /u, { after, timeoutMs: 30_000 });
  return { id: card.id, milestones: milestonesOf(await sandbox.phone.versions(card.id)) };
}

/** Waits until so many files more than `before` have their final names. */
export async function awaitFiles(program: Program, count: number): Promise<void> {
  await eventually(() => countFiles(program) >= count, { timeoutMs: 60_000, what: `${count} files on the disk` });
}

/** Files that have their final names; what is still arriving does not count. */
export function countFiles({ downloads }: Program): number {
  if (!existsSync(downloads)) return 0;
  const entries = readdirSync(downloads, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".part")).length;
}

/** Disk, rows and log lines all say: every file of the chat, once. */
export async function expectWhole(sandbox: Sandbox, program: Program, chatId: number) {
  const truth = await sandbox.control.world.files(chatId);
  const hashes = await hashesBelow(program.downloads);
  expect([...hashes.keys()].filter((path) => path.endsWith(".part"))).toEqual([]);
  const onDisk = [...hashes.values()].sort();
  expect(onDisk).toEqual(truth.map(({ sha256 }) => sha256).sort());
  await records(program, async (db) => {
    expect(await db.messages.count({ chatId, status: "downloaded" })).toBe(truth.length);
    expect(await db.downloadLog.count({ chatId, status: "success" })).toBe(truth.length);
    expect(await db.downloadLog.count({ chatId, status: "failed" })).toBe(0);
  });
}

/** Operations of a kind, newest first, as `action_log` has them. */
export function operations(program: Program, chatId: number) {
  return records(program, async (db) => {
    const { entries } = await db.actionLog.list({ chatId, type: "download" }, { limit: 50, offset: 0 });
    return entries;
  });
}

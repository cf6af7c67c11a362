/** What the tests of deleting share: a sandbox, a program that may delete, chats to delete from, and what a chat has lost. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allowDeleting, awaitDone, confirm, preview } from "./deleting.ts";
import { type Program, startProgram } from "./program.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import { changes, wholeWorld } from "./whole-world.ts";

export type Kind = "private" | "group" | "supergroup" | "channel";
export type Standing = "creator" | "admin" | "member";

export interface DeleteStage {
  sandbox: Sandbox;
  program: Program;
  /** The owner's id. */
  me: number;
  /** A chat of ten messages, four of them the owner's; ids by whose they are. */
  chatOf(
    kind: Kind,
    username: string,
    ownerIs?: Standing,
  ): Promise<{ chatId: number; own: number[]; others: number[]; all: number[] }>;
  /** Says what the whole account lost, chat by chat; the chat with the bot is left out. */
  lossesOf(work: () => Promise<void>): Promise<Record<string, { gone: number[]; fresh: number[] }>>;
  /** /delete up to its report, with every yes given. */
  deleteAll(
    words: string,
  ): Promise<{ shown: Awaited<ReturnType<typeof preview>>; done: Awaited<ReturnType<typeof awaitDone>> }>;
  /** Sets the program's wall clock, in seconds beside the machine's. */
  setClock(seconds: number): void;
  end(): Promise<void>;
}

const CLOCK = new URL("./shifted-date.ts", import.meta.url).href;

export async function startDeleteStage({ allowed = true } = {}): Promise<DeleteStage> {
  const sandbox = await startSandbox();
  const program = await startProgram({ sandbox, imports: [CLOCK] }).catch(async (error: unknown) => {
    await sandbox.stop();
    throw error;
  });
  const me = sandbox.ready.owner.id;
  if (allowed) await allowDeleting(program);
  return {
    sandbox,
    program,
    me,
    async chatOf(kind, username, ownerIs = "member") {
      const { world } = sandbox.control;
      const chatId = await world.addChat({ kind, title: `Chat ${username}`, username, ownerIs });
      const others = await world.addMessages(
        chatId,
        Array.from({ length: 6 }, (_, n) =>
          n % 2 === 0
            ? { text: `others ${n} ${username}` }
            : { text: `file ${n}`, media: { type: "document", size: 3_000 + n, name: `${username}-${n}.bin` } },
        ),
      );
      const own = await world.addMessages(
        chatId,
        Array.from({ length: 4 }, (_, n) => ({ text: `mine ${n}`, ...(kind === "channel" ? {} : { from: me }) })),
      );
      return { chatId, own, others, all: [...others, ...own].sort((a, b) => a - b) };
    },
    async lossesOf(work) {
      const before = await wholeWorld(sandbox);
      await work();
      return changes(before, await wholeWorld(sandbox));
    },
    async deleteAll(words) {
      const shown = await preview(sandbox, words);
      await confirm(sandbox, shown);
      const done = await awaitDone(sandbox, shown.id);
      return { shown, done };
    },
    setClock: (seconds) => writeFileSync(join(program.folder, "clock-shift"), String(seconds)),
    async end() {
      await program.remove();
      await sandbox.stop();
    },
  };
}

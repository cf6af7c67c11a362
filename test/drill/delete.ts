/**
 * Deletes again and again while the program is killed, lines are cut, answers lost, waits ordered, updates replayed, buttons
 * tapped twice and by two phones, and the database taken away. After each run the chat is compared message by message with
 * what the owner was shown, said yes to and was told; now and then every other chat too.
 * `--runs`, `--seed`; `--database=sqlite` does without a server, and so without outages.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { lineTo } from "../support/cuttable-line.ts";
import { allowDeleting, awaitQuestion, confirm, DONE, lastDeletion, preview } from "../support/deleting.ts";
import { buttonsOf, type PhoneMessage } from "../support/phone.ts";
import { startMariadb } from "../support/private-mariadb.ts";
import { startProgram } from "../support/program.ts";
import { seededRandom } from "../support/random.ts";
import { startSandbox } from "../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

import { changes, type WholeWorld, wholeWorld } from "../support/whole-world.ts";
import { judge } from "./delete-judge.ts";
import { type Scene, strike, TROUBLES, type Trouble } from "./delete-troubles.ts";

const OVER_WITHIN_MS = 240_000;
const ASK_AGAIN_MS = 20_000;
const WHOLE_EVERY = 20;

export async function run(
  options: ReadonlyMap<string, string>,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<string[]> {
  const runs = Number(options.get("runs") ?? 300);
  const random = seededRandom(Number(options.get("seed") ?? 1));
  const withServer = options.get("database") !== "sqlite";
  const server = withServer ? await startMariadb() : null;
  const line = server ? await lineTo(server.port) : null;
  const sandbox = await startSandbox();
  const direct = server ? await server.url("deletions") : null;
  const url = server && line && direct ? direct.replace(`:${server.port}`, `:${line.port}`) : null;
  const program = await startProgram({ sandbox, databaseUrl: url });
  const shelf = makeTempFolder();
  mkdirSync(join(shelf, "data"));
  const book = direct ? { folder: shelf, databaseUrl: direct } : program;
  const scene: Scene = { sandbox, program, book, line, next: random.next };
  const faults: string[] = [];
  const tally = { deleted: 0, kept: 0, runs: 0 };
  try {
    await allowDeleting(book, 1, 10_000_000);
    let known = await wholeWorld(sandbox);
    for (let n = 1; n <= runs; n++) {
      stop.throwIfAborted();
      const trouble = TROUBLES[Math.floor(random.next() * TROUBLES.length)]!;
      if (trouble === "outage" && !line) continue;
      const found = await once(scene, n, trouble).catch((error: unknown) => ({
        faults: [error instanceof Error ? error.message : String(error)],
        deleted: 0,
        chatId: 0,
        line: "",
      }));
      tally.runs++;
      tally.deleted += found.deleted;
      for (const fault of found.faults) faults.push(`run ${n} (${trouble}): ${fault}`);
      say(
        `${n}/${runs} ${trouble}: ${found.line}${found.faults.length > 0 ? ` FAULT ${found.faults.join("; ")}` : ""}`,
      );
      await sandbox.control.faults.clear();
      if (n % WHOLE_EVERY === 0 || n === runs) {
        const now = await wholeWorld(sandbox);
        faults.push(...strangeLosses(known, now).map((fault) => `after run ${n}: ${fault}`));
        known = now;
      }
    }
    say(`${tally.runs} runs, ${tally.deleted} messages deleted, each of them previewed, copied and confirmed.`);
    return faults;
  } finally {
    await program.remove();
    await sandbox.stop();
    await line?.remove();
    await server?.remove();
    removeFolder(shelf);
  }
}

/** Chats of the drill change in their own runs alone; all others never. */
function strangeLosses(before: WholeWorld, after: WholeWorld): string[] {
  return Object.entries(changes(before, after))
    .filter(([chatId, { gone }]) => before.has(Number(chatId)) && gone.length > 0)
    .map(([chatId, { gone }]) => `chat ${chatId} lost ${gone.length} messages in other chats' runs`);
}

async function once(scene: Scene, n: number, trouble: Trouble) {
  const { sandbox, book, next } = scene;
  const { control, phone } = sandbox;
  const me = sandbox.ready.owner.id;
  const kind = (["private", "group", "supergroup", "supergroup", "channel"] as const)[Math.floor(next() * 5)]!;
  const ownerIs = kind === "channel" || next() < 0.5 ? "admin" : "member";
  const username = `drill_${n}`;
  const chatId = await control.world.addChat({ kind, title: `Drill ${n}`, username, ownerIs });
  const count = 5 + Math.floor(next() * 240);
  const ids = await control.world.addMessages(
    chatId,
    Array.from({ length: count }, (_, at) => ({
      text: `drill ${n} ${at}`,
      ...(kind !== "channel" && next() < 0.6 ? { from: me } : {}),
      ...(next() < 0.05 ? { media: { type: "document", size: 2_000 + at, name: `d${at}.bin` } } : {}),
    })),
  );
  const name = kind === "group" ? String(chatId) : `@${username}`;
  const shown = await preview(sandbox, `${name}${next() < 0.5 && kind !== "channel" ? " from:me" : ""}`);
  const { deletion: planned, items: frozen } = await lastDeletion(book);
  if (!planned.summary || planned.summary.count === 0)
    return { faults: [], deleted: 0, chatId, line: "nothing to delete" };

  if (trouble === "replayed update")
    await control.faults.add({ door: "bot-api", method: "getUpdates", kind: "reset", count: 2 });
  if (trouble === "lost answer")
    for (const method of ["messages.deleteMessages", "channels.deleteMessages"])
      await control.faults.add({ door: "mtproto", method, kind: "lose-answer", count: 1 });
  if (trouble === "flood")
    for (const method of ["messages.deleteMessages", "channels.deleteMessages"])
      await control.faults.add({ door: "mtproto", method, kind: "flood-wait", args: { seconds: 2 }, count: 1 });
  if (trouble === "cut")
    for (const method of ["messages.deleteMessages", "channels.deleteMessages"])
      await control.faults.add({ door: "mtproto", method, kind: "cut", args: { bytes: 0 }, count: 2 });
  const taps = trouble === "double tap" || trouble === "two phones" ? 2 : 1;
  await Promise.all(Array.from({ length: taps }, () => yes(scene, shown)));
  await strike(scene, trouble, shown);
  const end = await untilOver(scene, shown, planned.id);
  const { deletion, counts, items } = await lastDeletion(book);
  const left = new Set<number>();
  for (let offsetId = 0; ; ) {
    const { messages } = await control.world.messages(chatId, { limit: 100, offsetId });
    if (messages.length === 0) break;
    for (const { id } of messages) left.add(id);
    offsetId = Math.min(...messages.map(({ id }) => id));
  }
  const gone = ids.filter((id) => !left.has(id));
  const faults = judge({ deletion, items, frozen, gone, end });
  await phone.messages();
  return {
    faults,
    deleted: counts.deleted,
    chatId,
    line: `${kind}, ${gone.length} of ${count} gone; ${end.split("\n")[0]}`,
  };
}

/** Taps the danger button, and types the number; a button that is gone already is no trouble. */
async function yes({ sandbox }: Scene, shown: PhoneMessage): Promise<void> {
  await confirm(sandbox, shown).catch(() => {});
}

/** Until the report; questions on the way are answered, mostly with yes. */
async function untilOver({ sandbox, book, next }: Scene, shown: PhoneMessage, id: string): Promise<string> {
  const { phone, control } = sandbox;
  const deadline = Date.now() + OVER_WITHIN_MS;
  const answered = new Set<number>();
  let asked = Date.now();
  while (Date.now() < deadline) {
    const messages = (await phone.answers(shown.id - 1)).reverse();
    const report = messages.find(
      ({ text, edits, id: at }) => isReport(text) && (at > shown.id ? edits.length <= 1 : /↩️|Kept/u.test(text)),
    );
    if (report) return report.text;
    const question = await awaitQuestion(sandbox, shown.id, 400).catch(() => null);
    if (question && !answered.has(question.id)) {
      answered.add(question.id);
      const button = buttonsOf(question.replyMarkup).find(({ text }) => (next() < 0.8 ? /^🗑/u : /^[✖■]/u).test(text));
      if (button?.callback_data) await control.phone.press(question.id, { data: button.callback_data }).catch(() => {});
      const now = (await phone.messages()).find(({ id: one }) => one === question.id);
      const [, number] = /Type the number (\d+)/.exec(now?.text ?? "") ?? [];
      if (number) await phone.say(number);
      else if (/^Kept\./.test(now?.text ?? "")) return now?.text ?? "";
    }
    if (Date.now() - asked > ASK_AGAIN_MS) {
      asked = Date.now();
      // Killed between the tap and what it does, nothing has happened: the owner taps once more.
      const now = (await phone.messages()).find(({ id: one }) => one === shown.id);
      const [, number] = /Type the number (\d+)/.exec(now?.text ?? "") ?? [];
      const waits = (await lastDeletion(book)).deletion.state === "preview";
      if (waits && number) {
        // What was typed is lost with the process, and its question with it: a new preview is the way on.
        return "Kept. The question was lost with the process; nothing was deleted.";
      }
      if (waits && now) await confirm(sandbox, now).catch(() => {});
    }
    await pause(200);
  }
  throw new Error(`the deletion ${id} did not end within ${OVER_WITHIN_MS / 1000} s`);
}

const isReport = (text: string): boolean => DONE.test(text) || /^Kept\./.test(text);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

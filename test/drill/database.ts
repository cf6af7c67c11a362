/**
 * One bot and three workers share a download of many files over a private MariaDB, while workers, the server and the
 * line to it are killed, stopped and cut at random. `--files`, `--blows` and `--seed` change its size.
 */
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ASK_ABOVE } from "../../src/bot/download/settle.ts";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import { lineTo } from "../support/cuttable-line.ts";
import { onServer } from "../support/database.ts";
import { END } from "../support/downloads.ts";
import { startMariadb } from "../support/private-mariadb.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";
import { type Scene, strike, WORKERS } from "./database-blows.ts";
import { examine, owedBy } from "./database-examination.ts";

const END_WITHIN_MS = 20 * 60_000;
/** Work that does not go on for so long has stopped. */
const STILL_MS = 3 * 60_000;

export async function run(
  options: ReadonlyMap<string, string>,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<string[]> {
  const files = Number(options.get("files") ?? 10_000);
  const blows = Number(options.get("blows") ?? 50);
  const random = randomFrom(Number(options.get("seed") ?? 1));
  const folder = makeTempFolder();
  const ends: (() => Promise<unknown>)[] = [];
  try {
    const server = await startMariadb();
    ends.push(() => server.remove());
    const url = await server.url("drill");
    const line = await lineTo(server.port);
    ends.push(() => line.remove());
    const throughLine = url.replace(`:${server.port}`, `:${line.port}`);
    const sandbox = await startSandbox();
    ends.push(() => sandbox.stop());
    const chatId = await sandbox.addChannel({ username: "drill", title: "Drill", files, sizeMin: 500, sizeMax: 3_000 });
    const start = async (name: string, role: string) => {
      const program = await startMachine({ name, role, folder, sandbox, databaseUrl: throughLine });
      ends.push(() => program.remove());
      return program;
    };
    const workers: Program[] = [];
    for (const name of WORKERS) workers.push(await start(name, "worker"));
    const bot = await start("bot", "bot");
    const scene: Scene = { server, line, sandbox, bot, workers, url };

    const asked = await sandbox.phone.say("/download @drill");
    // A large wish is planned first, and waits for a yes.
    if (files > ASK_ABOVE.files) await sandbox.phone.press("▶️ Start", { after: asked, timeoutMs: 120_000 });
    say(`${files} files are asked for.`);
    for (let blow = 1; blow <= blows; blow++) {
      // Spread over the work, so that each of them hits it.
      const done = await reached(url, Math.floor((files * (blow - 0.9)) / blows), stop);
      await pause(random() * 500);
      say(`${blow}/${blows}: at ${done} files ${await strike(scene, random)}`);
    }
    say("No more blows.");
    const end = await Promise.race([
      sandbox.phone.waitFor(END, { after: asked, timeoutMs: END_WITHIN_MS }),
      once(stop, "abort").then(() => {
        throw stop.reason;
      }),
    ]);
    say(end.text.split("\n").slice(0, 2).join(" · "));
    await settled(url, workers, bot);
    return await examine(scene, { chatId, files, asked, say });
  } finally {
    for (const end of ends.reverse()) await end().catch((error: unknown) => say(`At the end: ${String(error)}`));
    removeFolder(folder);
  }
}

/** Waits until so many files are recorded. */
async function reached(url: string, files: number, stop: AbortSignal): Promise<number> {
  for (let best = -1, since = Date.now(); ; await pause(200)) {
    stop.throwIfAborted();
    const [row] = await onServer<{ n: number }>(url, "SELECT COUNT(*) AS n FROM messages WHERE status = 'downloaded'");
    const done = Number(row?.n);
    if (done >= files) return done;
    if (done > best) since = Date.now();
    best = Math.max(best, done);
    if (Date.now() - since > STILL_MS) throw new Error(`The work stands still at ${done} of ${files} files.`);
  }
}

async function startMachine(machine: {
  name: string;
  role: string;
  folder: string;
  sandbox: Sandbox;
  databaseUrl: string;
}): Promise<Program> {
  const { name, role, sandbox, databaseUrl } = machine;
  const folder = join(machine.folder, name);
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  // Each machine logs in by itself: a session in two places is ended by Telegram.
  const env = { ...bareEnvironment(), ...sandbox.settings, DATA_DIR: data, MACHINE_NAME: name };
  await answerLogin(startChild("src/cli/login.ts", { env, cwd: folder }), sandbox.ready.owner);
  return startProgram({
    sandbox,
    signedIn: false,
    folder,
    databaseUrl,
    env: { ROLES: role, MACHINE_NAME: name },
  });
}

/** All machines have handed over what they owed, and no job is open. */
async function settled(url: string, workers: readonly Program[], bot: Program): Promise<void> {
  const deadline = Date.now() + 3 * 60_000;
  for (;;) {
    const open = await onServer<{ n: number }>(
      url,
      "SELECT COUNT(*) AS n FROM jobs WHERE state IN ('waiting', 'active')",
    );
    const owed = await Promise.all([...workers, bot].map(owedBy));
    const started = await onServer<{ n: number }>(url, "SELECT COUNT(*) AS n FROM action_log WHERE status = 'started'");
    if ((open[0]?.n === 0 && started[0]?.n === 0 && owed.every((rows) => rows === 0)) || Date.now() > deadline) return;
    await pause(1_000);
  }
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

/** The same blows for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

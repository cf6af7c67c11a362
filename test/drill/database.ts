/**
 * One bot and three workers share a download of many files over a private MariaDB, while workers, the server and the
 * line to it are killed, stopped and cut at random. `--files`, `--blows` and `--seed` change its size.
 */
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "../../src/cli/child.ts";
import { hashesBelow } from "../../src/cli/hashes.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import { openStore } from "../../src/db/open-store.ts";
import { type CuttableLine, lineTo } from "../support/cuttable-line.ts";
import { onServer } from "../support/database.ts";
import { END } from "../support/downloads.ts";
import { type PrivateMariadb, startMariadb } from "../support/private-mariadb.ts";
import { type Program, startProgram } from "../support/program.ts";
import { type Sandbox, startSandbox } from "../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const WORKERS = ["worker-a", "worker-b", "worker-c"];
/** Of one worker. */
const FILES_AT_ONCE = 5;
const END_WITHIN_MS = 20 * 60_000;

interface Scene {
  server: PrivateMariadb;
  line: CuttableLine;
  sandbox: Sandbox;
  bot: Program;
  workers: Program[];
  url: string;
}

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
    say(`${files} files are asked for.`);
    let kills = 0;
    for (let blow = 1; blow <= blows; blow++) {
      stop.throwIfAborted();
      await pause(500 + random() * 2_500);
      const what = await strike(scene, random);
      if (/worker-. killed/.test(what)) kills++;
      say(`${blow}/${blows}: ${what}`);
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
    return await examine(scene, { chatId, files, asked, kills, say });
  } finally {
    for (const end of ends.reverse()) await end().catch((error: unknown) => say(`At the end: ${String(error)}`));
    removeFolder(folder);
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

/** One blow, and the recovery from it. */
async function strike({ server, line, workers }: Scene, random: () => number): Promise<string> {
  const worker = workers[Math.floor(random() * workers.length)]!;
  const name = WORKERS[workers.indexOf(worker)];
  const seconds = 0.5 + random() * 5;
  const long = () => pause(seconds * 1_000);
  const blows: (() => Promise<string>)[] = [
    async () => {
      await worker.kill("SIGKILL");
      await long();
      await worker.start();
      return `${name} killed, back after ${seconds.toFixed(1)} s`;
    },
    async () => {
      worker.child.kill("SIGSTOP");
      await long();
      worker.child.kill("SIGCONT");
      return `${name} stopped for ${seconds.toFixed(1)} s`;
    },
    async () => {
      await server.kill();
      await long();
      await server.start();
      return `server killed, back after ${seconds.toFixed(1)} s`;
    },
    async () => {
      server.freeze();
      await pause(seconds * 3_000);
      server.thaw();
      return `server silent for ${(seconds * 3).toFixed(1)} s`;
    },
    async () => {
      line.cut();
      await long();
      line.restore();
      return `line cut for ${seconds.toFixed(1)} s`;
    },
    async () => {
      line.hold();
      await pause(seconds * 3_000);
      line.restore();
      return `line dead for ${(seconds * 3).toFixed(1)} s`;
    },
    async () => {
      await server.kill();
      await worker.kill("SIGKILL");
      await long();
      await server.start();
      await worker.start();
      return `server and ${name} killed together, back after ${seconds.toFixed(1)} s`;
    },
  ];
  return blows[Math.floor(random() * blows.length)]!();
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

async function owedBy({ folder }: Program): Promise<number> {
  const home = await openStore(`sqlite:${join(folder, "data", "stand-in.sqlite")}`);
  try {
    const [row] = await home.all<{ n: number }>("SELECT COUNT(*) AS n FROM outbox");
    return row?.n ?? 0;
  } finally {
    await home.close();
  }
}

interface Expected {
  chatId: number;
  files: number;
  asked: number;
  /** How often a worker was killed. */
  kills: number;
  say: (line: string) => void;
}

async function examine({ sandbox, workers, bot, url }: Scene, expected: Expected): Promise<string[]> {
  const faults: string[] = [];
  const check = (good: boolean, fault: string) => {
    if (!good) faults.push(fault);
  };
  const truth = await sandbox.control.world.files(expected.chatId);
  const places = new Map<string, string[]>();
  let parts = 0;
  for (const worker of workers) {
    for (const [path, hash] of await hashesBelow(worker.downloads)) {
      // What a killed machine had half of, another one has whole: the half is no file, and swept away in time.
      if (path.endsWith(".part")) parts++;
      else places.set(hash, [...(places.get(hash) ?? []), join(worker.downloads, path)]);
    }
  }
  const missing = truth.filter(({ sha256 }) => !places.has(sha256)).length;
  check(missing === 0, `${missing} files are on no disk.`);
  const strangers = [...places.keys()].filter((hash) => !truth.some(({ sha256 }) => sha256 === hash)).length;
  check(strangers === 0, `${strangers} files on the disks have bytes that are nobody's.`);
  const twice = [...places.values()].filter((paths) => paths.length > 1).length;
  expected.say(`${truth.length} files, ${twice} of them on two machines, ${parts} halves left by killed ones.`);
  // Killed between the last byte of a file and its row, a worker cannot tell anybody that it has it.
  check(twice <= expected.kills * FILES_AT_ONCE, `${twice} files were fetched by two machines.`);

  const count = async (sql: string) =>
    (await onServer<{ n: number }>(url, `SELECT COUNT(*) AS n FROM ${sql}`))[0]?.n ?? -1;
  const same = async (what: string, sql: string, wanted: number) => {
    const found = await count(sql);
    check(found === wanted, `${what}: ${found}, not ${wanted}.`);
  };
  await same("Messages downloaded", "messages WHERE status = 'downloaded'", expected.files);
  await same(
    "Messages of which a success is logged",
    "(SELECT DISTINCT message_id FROM download_log WHERE download_status = 'success') s",
    expected.files,
  );
  await same("Success lines", "download_log WHERE download_status = 'success'", expected.files);
  await same("Jobs that are not completed", "jobs WHERE state <> 'completed' AND task IN ('scan', 'download')", 0);
  await same("Downloads started", "action_log WHERE action_type = 'download'", 1);
  await same("Downloads completed", "action_log WHERE action_type = 'download' AND status = 'completed'", 1);
  for (const machine of [...workers, bot]) {
    const owed = await owedBy(machine);
    check(owed === 0, `A machine still owes ${owed} notes to central.`);
  }
  const ends = (await sandbox.phone.answers(expected.asked)).filter(({ text }) => END.test(text));
  check(ends.length === 2 || ends.length === 1, `${ends.length} messages tell the end.`);
  const card = ends[0]?.text ?? "";
  check(
    card.includes(expected.files.toLocaleString("en")) || card.includes(String(expected.files)),
    `The card says: ${card}`,
  );
  for (const machine of [...workers, bot]) {
    for (const line of machine.log().filter(({ level }) => level === "error" || level === "fatal")) {
      faults.push(`In a log: ${JSON.stringify(line).slice(0, 300)}`);
    }
  }
  return faults;
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

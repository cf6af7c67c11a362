/** A MariaDB of its own in a temporary folder: for tests, benches and drills. Nothing that runs already is touched. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./eventually.ts";

export interface PrivateMariadb {
  port: number;
  folder: string;
  /** mysql://… of a database, which is made if it is missing. */
  url(database: string): Promise<string>;
  /** SIGKILL, as if the power had gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it answers nothing and closes nothing. */
  freeze(): void;
  thaw(): void;
  /** On the same port and folder, after `kill` or `shutdown`. */
  start(): Promise<void>;
  shutdown(): Promise<void>;
  /** Stops it and removes its folder, unless that is to be kept. */
  remove(): Promise<void>;
}

/** Where Debian and others put a server that is in nobody's PATH. */
const SERVER_FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"];

/** With `kept`, a folder, its data stays there after `remove`, and the next server that is given it goes on with them. */
export async function startMariadb(settings: readonly string[] = [], kept?: string): Promise<PrivateMariadb> {
  const server = find("mariadbd") ?? find("mysqld");
  const install = find("mariadb-install-db");
  if (!server || !install) {
    throw new Error("MariaDB is not installed here: on Debian or Ubuntu, “apt-get install mariadb-server” brings it.");
  }
  const folder = kept ?? (await mkdtemp(join(tmpdir(), "mariadb-")));
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  const layout = ["--auth-root-authentication-method=normal", "--skip-test-db", `--datadir=${join(folder, "data")}`];
  if (!existsSync(join(folder, "data"))) await promisify(execFile)(install, ["--no-defaults", ...user, ...layout]);
  await mkdir(join(folder, "tmp"), { recursive: true });
  const port = await freePort();
  let child: ChildProcess | null = null;

  const start = async () => {
    child = spawn(
      server,
      [
        "--no-defaults",
        ...user,
        `--datadir=${join(folder, "data")}`,
        `--socket=${join(folder, "socket")}`,
        `--pid-file=${join(folder, "pid")}`,
        // A server that starts clears away what it finds there, were it another one's.
        `--tmpdir=${join(folder, "tmp")}`,
        `--port=${port}`,
        "--bind-address=127.0.0.1",
        // A commit survives the death of the server, which is what the drills are about, not that of the machine.
        "--innodb-flush-log-at-trx-commit=2",
        ...settings,
      ],
      { stdio: "ignore" },
    );
    const exited = once(child, "exit").then(() => {
      throw new Error(`MariaDB ended at once; its log is in ${folder}.`);
    });
    await Promise.race([eventually(() => answers(port), { timeoutMs: 60_000 }), exited]);
    exited.catch(() => {});
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGCONT");
    child.kill(signal);
    await gone;
  };

  await start();
  return {
    port,
    folder,
    async url(database) {
      await query(find("mariadb") ?? "mariadb", folder, `CREATE DATABASE IF NOT EXISTS \`${database}\``);
      return `mysql://root@127.0.0.1:${port}/${database}`;
    },
    kill: () => end("SIGKILL"),
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    start,
    shutdown: () => end("SIGTERM"),
    async remove() {
      await end("SIGTERM");
      if (kept === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function find(program: string): string | null {
  return SERVER_FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

async function query(client: string, folder: string, sql: string): Promise<void> {
  await promisify(execFile)(client, ["--no-defaults", "-u", "root", `--socket=${join(folder, "socket")}`, "-e", sql]);
}

async function freePort(): Promise<number> {
  const server: Server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  server.close();
  await once(server, "close");
  return port;
}

/** True once the server greets, which it does only when it takes queries. */
async function answers(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  try {
    await once(socket, "data");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** What the drill of the database does to machines, server and line. */
import type { CuttableLine } from "../support/cuttable-line.ts";
import type { PrivateMariadb } from "../support/private-mariadb.ts";
import type { Program } from "../support/program.ts";
import type { Sandbox } from "../support/sandbox.ts";

export const WORKERS = ["worker-a", "worker-b", "worker-c"];

export interface Scene {
  server: PrivateMariadb;
  line: CuttableLine;
  sandbox: Sandbox;
  bot: Program;
  workers: Program[];
  url: string;
}

/** One blow, and the recovery from it. */
export async function strike({ server, line, workers }: Scene, random: () => number): Promise<string> {
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

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

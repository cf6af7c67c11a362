/** The workshop's door: puts account, transfer and worker together. */

import { setMaxListeners } from "node:events";
import { mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import type { Logger } from "pino";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import type { Db } from "../db/db.ts";
import { AccountKeeper } from "./account.ts";
import { Destinations } from "./destinations.ts";
import { GramjsTelegram } from "./gramjs/client.ts";
import { sessionStamp } from "./gramjs/session.ts";
import { indexOlder } from "./index-older.ts";
import { machineMark } from "./machine-mark.ts";
import { Operations } from "./operations.ts";
import { Pacer } from "./pacer.ts";
import { RequestNotes } from "./request-notes.ts";
import type { Telegram } from "./telegram.ts";
import { createTransfer } from "./transfer/index.ts";
import { Worker } from "./worker.ts";
import { workerIdOf } from "./worker-id.ts";

export interface StartWorkerDeps {
  config: {
    apiId: number;
    apiHash: string;
    sessionFile: string;
    sessionKey: string | null;
    dc: { id: number; host: string; port: number } | null;
    serverKeys: readonly string[];
    test: boolean;
    dataDir: string;
    downloadDir: string;
  };
  hostname: string;
  roles: readonly string[];
  version: string;
  db: Db;
  signal: AbortSignal;
  /** Any "job" event says that one was added in this process. */
  jobAdded: EventTarget;
  log: Logger;
}

export interface RunningWorker {
  /** Resolves once everything is put down. */
  stopped: Promise<void>;
  stop(): Promise<void>;
}

const BEAT_MS = 5_000;
const NOTE_MS = 10_000;
const FIRST_CONCURRENCY = 5;

/** Returns at once: the account is connected, and kept so, in the background. */
export async function startWorker(deps: StartWorkerDeps): Promise<RunningWorker> {
  const { config, hostname, version, log } = deps;
  const machine = machineMark(hostname, config.sessionFile);
  const telegram = new GramjsTelegram({ ...config, version, log, machine });
  return runWorker(deps, telegram, () => sessionStamp(config.sessionFile));
}

/** The same over any Telegram: the tests' one lives in memory. */
export function runWorker(deps: StartWorkerDeps, telegram: Telegram, loginStamp: () => string | null): RunningWorker {
  const { config, hostname, db, log, jobAdded } = deps;
  const stopping = new AbortController();
  const signal = AbortSignal.any([deps.signal, stopping.signal]);
  setMaxListeners(0, signal);
  mkdirSync(config.dataDir, { recursive: true });
  const workerId = workerIdOf(config.dataDir);
  const account = new AccountKeeper({ telegram, loginStamp, signal, log, onConnected: () => void readChats() });
  const draining = { now: false };
  const worker = new Worker(
    {
      db,
      telegram,
      transfer: createTransfer(telegram),
      workerId,
      hostname,
      downloadDir: config.downloadDir,
      destinations: new Destinations(config.downloadDir, join(config.dataDir, "destinations.jsonl")),
      files: new PQueue({ concurrency: FIRST_CONCURRENCY }),
      account,
      operations: new Operations(db, hostname),
      isDraining: () => draining.now,
      log,
    },
    signal,
  );
  const notes = new RequestNotes(db.settings, workerId);
  const liked = { pace: DEFAULT_SETTINGS.requestPace };
  const pacer = new Pacer({ budget: db.budget, pace: () => liked.pace, counted: notes.counted, signal, log });
  telegram.pace = pacer.pace;
  telegram.onWait = (wait) => {
    worker.setWait(wait);
    pacer.heard(wait);
  };
  const onJob = () => worker.nudge();
  jobAdded.addEventListener("job", onJob);

  const stopped = (async () => {
    const running = [account.run(), worker.run(), beat(), indexOlder(db, signal, log), countRequests()];
    await Promise.all(running);
    jobAdded.removeEventListener("job", onJob);
    await telegram.close();
    await db.workers.remove(workerId).catch(() => {});
  })();
  return {
    stopped,
    async stop() {
      stopping.abort(new Error("Stopped."));
      await stopped;
    },
  };

  /** So that /chats has something to show, and every chat's key is at hand. */
  async function readChats(): Promise<void> {
    try {
      for await (const page of telegram.chats(signal)) await db.chats.record(page);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, "The chats could not be read.");
    }
  }

  /** Reads how the owner likes the pace, and writes down what was asked. */
  async function countRequests(): Promise<void> {
    await notes.read().catch((error: unknown) => log.warn({ err: error }, "Today's requests could not be read."));
    while (!signal.aborted) {
      try {
        liked.pace = (await db.settings.all()).requestPace;
        await notes.write();
      } catch (error) {
        log.warn({ err: error }, "Today's requests could not be written down.");
      }
      await sleep(NOTE_MS, undefined, { signal }).catch(() => {});
    }
    await notes.write().catch(() => {});
  }

  /** Says every few seconds that this machine is there, and how it is. */
  async function beat(): Promise<void> {
    const startedAt = new Date();
    for (let last = ""; !signal.aborted; ) {
      const state = `${account.trouble}:${account.account?.id}`;
      try {
        const answer = await db.workers.beat({
          workerId,
          hostname,
          roles: [...deps.roles],
          version: deps.version,
          startedAt,
          account: account.account,
          trouble: account.trouble,
          freeBytes: await freeBytes(config.downloadDir),
          downloadDir: config.downloadDir,
        });
        draining.now = answer.draining;
        last = state;
      } catch (error) {
        log.warn({ err: error }, "This machine could not say that it is there.");
      }
      // At once when something has changed: the owner may be looking on.
      for (let waited = 0; waited < BEAT_MS && !signal.aborted; waited += 250) {
        await sleep(250, undefined, { signal }).catch(() => {});
        if (`${account.trouble}:${account.account?.id}` !== last) break;
      }
    }
  }
}

async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}

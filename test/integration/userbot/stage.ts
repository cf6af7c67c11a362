/** A data centre, an account signed in to it, and what is needed to talk to it as the workshop does. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { FaultOrder, WorldFile } from "../../../sandbox/world/types.ts";
import { GramjsTelegram } from "../../../src/userbot/gramjs/client.ts";
import { type LoginAnswers, login } from "../../../src/userbot/gramjs/login.ts";
import { type MtprotoWorld, startMtprotoWorld } from "../../support/mtproto-world.ts";
import { sharedLogin } from "../../support/shared-login.ts";
import { tempFolder } from "../../support/temp.ts";

export type Fill = NonNullable<Parameters<typeof startMtprotoWorld>[0]>["fill"];

export interface Stage extends MtprotoWorld {
  folder: string;
  options: ConstructorParameters<typeof GramjsTelegram>[0];
  signal: AbortSignal;
  fault(order: Omit<FaultOrder, "door">): void;
  calls(method: string): number;
}

export async function stage(
  given: { fill?: Fill; password?: string; firstDc?: 1 | 2; silenceMs?: number } = {},
): Promise<Stage> {
  const { firstDc = 2, silenceMs, ...world } = given;
  const running = await startMtprotoWorld(world);
  onTestFinished(() => running.close());
  const folder = tempFolder();
  return {
    ...running,
    folder,
    options: {
      apiId: running.world.apiId,
      apiHash: running.world.apiHash,
      sessionFile: join(folder, "session"),
      sessionKey: null,
      dc: running.server.dcs.find(({ id }) => id === firstDc)!,
      serverKeys: [running.server.serverKey],
      test: false,
      version: "0",
      silenceMs,
      log: pino({ level: "silent" }),
    },
    signal: new AbortController().signal,
    fault: (order) => void running.world.faults.add({ door: "mtproto", ...order }),
    calls: (method) => running.world.journal.counts()[method] ?? 0,
  };
}

/** Answers as the owner would, and keeps what was said. */
export function ownersAnswers({ owner }: MtprotoWorld, wrong: { codes?: string[]; passwords?: string[] } = {}) {
  const said: string[] = [];
  const [codes, passwords] = [[...(wrong.codes ?? [])], [...(wrong.passwords ?? [])]];
  const answers: LoginAnswers = {
    phone: async () => `+${owner.phone}`,
    code: async ({ to }) => {
      said.push(`code by ${to}`);
      return codes.shift() ?? owner.code;
    },
    password: async (hint) => {
      said.push(`hint ${hint}`);
      return passwords.shift() ?? owner.password ?? "";
    },
    note: (sentence) => void said.push(sentence),
  };
  return { answers, said };
}

const sessionOf = sharedLogin(async (on: Stage) => {
  await login(on.options, ownersAnswers(on).answers, on.signal);
  return readFileSync(on.options.sessionFile, "utf8");
});

/** Leaves the session file of a login at the data centre that a stage has first, without a password. */
export async function signIn(on: Stage): Promise<void> {
  writeFileSync(on.options.sessionFile, await sessionOf(on), { mode: 0o600 });
}

/** Signed in and connected; closed when the test ends. */
export async function connected(on: Stage): Promise<GramjsTelegram> {
  await signIn(on);
  return reconnected(on);
}

export async function reconnected(on: Stage): Promise<GramjsTelegram> {
  const telegram = new GramjsTelegram(on.options);
  onTestFinished(() => telegram.close());
  await telegram.connect(on.signal);
  return telegram;
}

export const sha256 = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** A channel the owner is in, of so many messages that all carry a document. */
export const documents =
  (count: number, sizes: { sizeMin?: number; sizeMax?: number; duplicates?: number } = {}): NonNullable<Fill> =>
  (builder) => {
    builder.chat({
      kind: "channel",
      title: "News",
      username: "news",
      members: [5_000_001],
      series: { count, media: count, types: { document: 1 }, sizeMin: 1_000, sizeMax: 9_000, ...sizes },
    });
  };

export type { WorldFile };

/** A sandbox of its own for a test: the process, its control door, and the owner's phone. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import type {
  FaultOrder,
  JournalEntry,
  Line,
  NewMessage,
  RpcPage,
  Served,
  WorldFileRow,
} from "../../sandbox/control/shapes.ts";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment, type SandboxReady, settingsFor, startSandboxProcess } from "../../src/cli/sandbox-process.ts";
import { type Phone, phoneOf } from "./phone.ts";
import { makeTempFolder, removeFolder } from "./temp.ts";

export interface ChannelOptions {
  username: string;
  title: string;
  files: number;
  sizeMin?: number;
  sizeMax?: number;
}

export interface Sandbox {
  readonly ready: SandboxReady;
  readonly phone: Phone;
  readonly stranger: Phone;
  /** The settings that point a program at it. */
  readonly settings: Record<string, string>;
  /** GET, or POST where there is a body, at the control door. */
  ask<T>(path: string, body?: unknown, method?: "GET" | "POST" | "DELETE"): Promise<T>;
  /** Puts a session of the logged-in owner into a data folder; the login itself is done once. */
  signIn(dataDir: string): Promise<void>;
  /** A channel of so many messages, each with a file of its own; answers with its id. */
  addChannel(options: ChannelOptions): Promise<number>;
  /** Messages as if others had sent them just now. */
  addMessages(chatId: number, messages: readonly NewMessage[]): Promise<void>;
  addFiles(chatId: number, count: number): Promise<void>;
  files(chatId: number): Promise<WorldFileRow[]>;
  fault(order: FaultOrder): Promise<void>;
  setLine(line: Line): Promise<void>;
  /** The newest call's number. */
  lastCall(): Promise<number>;
  callsAfter(n: number, filter?: { door?: string; method?: string }): Promise<JournalEntry[]>;
  /** Calls so far by method, and by "method ERROR". */
  counts(): Promise<Record<string, number>>;
  served(): Promise<Served["files"]>;
  stop(): Promise<void>;
}

export async function startSandbox(options: { world?: string; args?: readonly string[] } = {}): Promise<Sandbox> {
  const child = await startSandboxProcess(["--world", options.world ?? "small", ...(options.args ?? [])]);
  const { ready } = child;
  const settings = settingsFor(ready);
  const home = makeTempFolder();
  let login: Promise<void> | undefined;

  const ask: Sandbox["ask"] = async (path, body, method = body === undefined ? "GET" : "POST") => {
    const response = await fetch(`${ready.control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  const page = (n: number, filter: Record<string, string> = {}) =>
    ask<RpcPage>(`/rpcs?${new URLSearchParams({ after: String(n), limit: "200000", ...filter })}`);

  return {
    ready,
    settings,
    ask,
    phone: phoneOf(ask),
    stranger: phoneOf(ask, "stranger"),
    async signIn(dataDir) {
      login ??= answerLogin(
        startChild("src/cli/login.ts", { env: { ...bareEnvironment(), ...settings, DATA_DIR: home }, cwd: home }),
        ready.owner,
      );
      await login;
      cpSync(join(home, "session"), join(dataDir, "session"));
    },
    async addChannel({ username, title, files, sizeMin = 500, sizeMax = 5_000 }) {
      const messages = { count: files, mediaShare: 1, sizeMin, sizeMax, duplicates: 0 };
      const body = { kind: "channel", title, username, ...(files > 0 ? { messages } : {}) };
      return (await ask<{ chatId: number }>("/world/chats", body)).chatId;
    },
    addMessages: async (chatId, messages) => void (await ask("/world/messages", { chatId, messages })),
    async addFiles(chatId, count) {
      const media = (n: number) => ({ type: "document", size: 1_000 + n, name: `new-${n}.bin` });
      const messages = Array.from({ length: count }, (_, n) => ({ media: media(n) }));
      await ask("/world/messages", { chatId, messages });
    },
    files: async (chatId) => (await ask<{ files: WorldFileRow[] }>(`/world/files?chatId=${chatId}`)).files,
    fault: async (order) => void (await ask("/faults", order)),
    setLine: async (line) => void (await ask("/world/line", line)),
    lastCall: async () => (await page(Number.MAX_SAFE_INTEGER)).last,
    callsAfter: async (n, filter) => (await page(n, filter)).rpcs,
    counts: async () => (await ask<{ counts: Record<string, number> }>("/rpcs/counts")).counts,
    served: async () => (await ask<Served>("/served")).files,
    async stop() {
      await child.stop(5_000);
      removeFolder(home);
    },
  };
}

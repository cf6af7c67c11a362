/** A sandbox of its own for a test: the process, its control door, and the owner's phone. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ControlClient } from "../../sandbox/control/client.ts";
import { startChild } from "../../src/cli/child.ts";
import { answerLogin } from "../../src/cli/login-answers.ts";
import { bareEnvironment, type SandboxReady, settingsFor, startSandboxProcess } from "../../src/cli/sandbox-process.ts";
import { type Phone, phoneOf } from "./phone.ts";
import { FIRST_MACHINE, signedIn } from "./signed-in.ts";
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
  /** Its control door. */
  readonly control: ControlClient;
  /** Puts a session of the logged-in owner into a data folder; the login itself is done once. */
  signIn(dataDir: string, machineName?: string): Promise<void>;
  /** A channel of so many messages, each with a file of its own; answers with its id. */
  addChannel(options: ChannelOptions): Promise<number>;
  /** New messages with a file each, as if others had sent them just now. */
  addFiles(chatId: number, count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandbox(options: { world?: string; args?: readonly string[] } = {}): Promise<Sandbox> {
  const home = makeTempFolder();
  const state = join(home, "state.json");
  const before = signedIn();
  if (before) cpSync(before.state, state);
  const args = ["--world", options.world ?? "small", "--state", state, ...(options.args ?? [])];
  const child = await startSandboxProcess(args);
  const { ready } = child;
  const settings = settingsFor(ready);
  /** One for each machine: a session of another one is refused. */
  const logins = new Map<string, Promise<string>>();
  if (before) logins.set(FIRST_MACHINE, Promise.resolve(before.machine));
  const loginOf = async (machineName: string): Promise<string> => {
    const folder = join(home, machineName);
    mkdirSync(folder, { mode: 0o700 });
    const env = { ...bareEnvironment(), ...settings, DATA_DIR: folder, MACHINE_NAME: machineName };
    await answerLogin(startChild("src/cli/login.ts", { env, cwd: folder }), ready.owner);
    return folder;
  };

  const control = new ControlClient(ready.control);
  return {
    ready,
    settings,
    control,
    phone: phoneOf(control),
    stranger: phoneOf(control, "stranger"),
    async signIn(dataDir, machineName = FIRST_MACHINE) {
      const login = logins.get(machineName) ?? loginOf(machineName);
      logins.set(machineName, login);
      cpSync(join(await login, "session"), join(dataDir, "session"));
    },
    async addChannel({ username, title, files, sizeMin = 500, sizeMax = 5_000 }) {
      const messages = { count: files, mediaShare: 1, sizeMin, sizeMax, duplicates: 0 };
      return control.world.addChat({ kind: "channel", title, username, ...(files > 0 ? { messages } : {}) });
    },
    async addFiles(chatId, count) {
      const media = (n: number) => ({ type: "document", size: 1_000 + n, name: `new-${n}.bin` });
      await control.world.addMessages(
        chatId,
        Array.from({ length: count }, (_, n) => ({ media: media(n) })),
      );
    },
    async stop() {
      await child.stop(5_000);
      removeFolder(home);
    },
  };
}

/** The local Telegram as a process: what it says when it is ready, and the settings by which the product finds it. */
import { tmpdir } from "node:os";
import type { Environment } from "../config.ts";
import { SETTING_NAMES } from "../setting-rules.ts";
import { type Child, startChild } from "./child.ts";

/** The one line that sandbox/main.ts prints. */
export interface SandboxReady {
  ready: true;
  dcs: { id: number; host: string; port: number }[];
  homeDc: number;
  serverKey: string;
  botApi: string;
  control: string;
  page: string;
  owner: { id: number; phone: string; code: string; password: string | null };
  bot: { token: string; username: string };
  stranger: { id: number };
  apiId: number;
  apiHash: string;
}

export interface SandboxProcess extends Child {
  readonly ready: SandboxReady;
}

const START_WITHIN_MS = 60_000;

export async function startSandboxProcess(args: readonly string[] = [], ownGroup = false): Promise<SandboxProcess> {
  const child = startChild("sandbox/main.ts", {
    args: ["--json", ...args],
    env: bareEnvironment(),
    cwd: tmpdir(),
    ownGroup,
  });
  const line = await child
    .line((text) => text.startsWith('{"ready":true'), START_WITHIN_MS)
    .catch(async (error: unknown) => {
      await child.stop();
      throw error;
    });
  return Object.assign(child, { ready: JSON.parse(line) as SandboxReady });
}

/** The settings that point the product at a sandbox: addresses, key and the login data, nothing else. */
export function settingsFor(ready: SandboxReady): Record<string, string> {
  const dc = ready.dcs.find(({ id }) => id === ready.homeDc) ?? ready.dcs[0];
  if (dc === undefined) throw new Error("The sandbox named no data centre.");
  return {
    BOT_TOKEN: ready.bot.token,
    OWNER_ID: String(ready.owner.id),
    API_ID: String(ready.apiId),
    API_HASH: ready.apiHash,
    BOT_API_ROOT: ready.botApi,
    TELEGRAM_DC: `${dc.id}@${dc.host}:${dc.port}`,
    TELEGRAM_SERVER_KEY: ready.serverKey,
  };
}

/** This process's environment without the owner's own settings, which must not reach a sandbox. */
export function bareEnvironment(): Environment {
  const own = new Set<string>(SETTING_NAMES);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.has(name)));
}

import { parseArgs } from "node:util";

/** How to start the sandbox: flags, else SANDBOX_* of the environment, else what is usual. */
export interface SandboxSettings {
  world: "demo" | "small";
  seed: number;
  /** Unix seconds that all dates count back from. */
  base: number;
  dcPorts: [number, number];
  botApiPort: number;
  controlPort: number;
  pagePort: number;
  /** File in which auth keys outlive a restart. */
  state: string | null;
  password: string | null;
  rttMs: number;
  bytesPerSecond: number;
  /** Answer 429 to bursts of messages, as Telegram does. */
  rateLimit: boolean;
}

const options = {
  json: { type: "boolean" },
  world: { type: "string" },
  seed: { type: "string" },
  base: { type: "string" },
  "port-dc1": { type: "string" },
  "port-dc2": { type: "string" },
  "port-bot-api": { type: "string" },
  "port-control": { type: "string" },
  "port-page": { type: "string" },
  state: { type: "string" },
  password: { type: "string" },
  "rtt-ms": { type: "string" },
  "bytes-per-second": { type: "string" },
  "rate-limit": { type: "string" },
} as const;

/** Throws one sentence when a value makes no sense. */
export function readSettings(args: readonly string[], env: Record<string, string | undefined>): SandboxSettings {
  const { values } = parseArgs({ args: [...args], options });
  const text = (name: keyof typeof options): string | null => {
    const flag = values[name];
    if (typeof flag === "string") return flag;
    return env[`SANDBOX_${name.replaceAll("-", "_").toUpperCase()}`] ?? null;
  };
  const whole = (name: keyof typeof options, otherwise: number): number => {
    const given = text(name);
    if (given === null) return otherwise;
    const number = Number(given);
    if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} must be a whole number, not "${given}".`);
    return number;
  };
  const world = text("world") ?? "demo";
  if (world !== "demo" && world !== "small") throw new Error(`--world must be demo or small, not "${world}".`);
  const demo = world === "demo";
  return {
    world,
    seed: whole("seed", 1),
    base: whole("base", Math.floor(Date.now() / 60_000) * 60),
    dcPorts: [whole("port-dc1", 0), whole("port-dc2", 0)],
    botApiPort: whole("port-bot-api", 0),
    controlPort: whole("port-control", 0),
    pagePort: whole("port-page", 0),
    state: text("state"),
    password: text("password"),
    rttMs: whole("rtt-ms", demo ? 40 : 0),
    bytesPerSecond: whole("bytes-per-second", demo ? 6_000_000 : 0),
    rateLimit: (text("rate-limit") ?? (demo ? "on" : "off")) === "on",
  };
}

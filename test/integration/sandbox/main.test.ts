import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { ControlClient } from "../../../sandbox/control/client.ts";
import type { Ready } from "../../../sandbox/sandbox.ts";

const folder = mkdtempSync(join(tmpdir(), "sandbox-main-"));
const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

async function firstLine(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error("The process has no output.");
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Ready;
  throw new Error("The process ended without a word.");
}

describe("the sandbox as a process", () => {
  it("tells in one line where all doors are, ends on SIGTERM, and keeps its server key in the state file", async () => {
    const state = join(folder, "state.json");
    const first = start("--world", "small", "--state", state, "--password", "meow");
    const ready = await firstLine(first);
    expect(ready).toMatchObject({ ready: true, homeDc: 2, owner: { password: "meow" } });
    expect(ready.dcs.map(({ id }) => id)).toEqual([1, 2]);
    expect((await fetch(ready.page)).status).toBe(200);
    expect((await fetch(`${ready.botApi}/bot${ready.bot.token}/getMe`)).status).toBe(200);
    first.kill("SIGTERM");
    expect(await once(first, "exit")).toEqual([0, null]);
    expect(statSync(state).mode & 0o777).toBe(0o600);

    const second = start("--world", "small", "--state", state);
    const again = await firstLine(second);
    expect(again.serverKey).toBe(ready.serverKey);
    expect(again.bot.token).toBe(ready.bot.token);
    const ended = once(second, "exit");
    await new ControlClient(again.control).stop();
    expect(await ended).toEqual([0, null]);
  });

  it("says in one sentence why it does not start", async () => {
    const child = start("--world", "flat");
    let said = "";
    child.stderr?.on("data", (data: Buffer) => {
      said += data.toString();
    });
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(1);
    expect(said).toBe('The sandbox did not start: --world must be demo or small, not "flat".\n');
  });
});

import { tmpdir } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { startChild } from "../../src/cli/child.ts";

async function stubborn(deadlineMs: number) {
  const child = startChild("test/support/stubborn.ts", { args: [String(deadlineMs)], env: process.env, cwd: tmpdir() });
  onTestFinished(() => void child.kill("SIGKILL"));
  await child.line((line) => line.includes("Listening."), 20_000);
  return child;
}

describe("a stop", () => {
  it("aborts once, says why, and is forced when it takes too long", async () => {
    const child = await stubborn(700);
    child.kill("SIGTERM");
    expect((await child.exited).code).toBe(1);
    const said = child.lines.map((line) => JSON.parse(line) as { msg: string; reason?: string });
    expect(said.map(({ msg }) => msg)).toEqual([
      "Listening.",
      expect.stringContaining("Stopping"),
      "Heard it.",
      expect.stringContaining("ending by force"),
    ]);
    expect(said[1]?.reason).toBe("SIGTERM");
  });

  it("takes two signals of one moment for one, and a later one for impatience", async () => {
    const child = await stubborn(20_000);
    child.kill("SIGINT");
    child.kill("SIGINT");
    await child.line((line) => line.includes("Heard it."), 10_000);
    // Repeated until it is late enough to be a second wish.
    const again = setInterval(() => child.kill("SIGINT"), 100);
    const { code } = await child.exited;
    clearInterval(again);
    expect(code).toBe(130);
    expect(child.lines.filter((line) => line.includes("Heard it."))).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { readSettings } from "../../../sandbox/settings.ts";

describe("settings of the sandbox", () => {
  it("come from flags, then from the environment, then from what suits the world", () => {
    expect(readSettings([], {})).toMatchObject({
      world: "demo",
      rttMs: 40,
      bytesPerSecond: 6_000_000,
      rateLimit: true,
    });
    expect(readSettings(["--world", "small"], {})).toMatchObject({ rttMs: 0, bytesPerSecond: 0, rateLimit: false });
    const env = { SANDBOX_WORLD: "small", SANDBOX_PORT_CONTROL: "4000", SANDBOX_RTT_MS: "5" };
    expect(readSettings(["--rtt-ms", "9"], env)).toMatchObject({ world: "small", controlPort: 4000, rttMs: 9 });
  });

  it("say what is wrong with a value", () => {
    expect(() => readSettings(["--world", "flat"], {})).toThrow('--world must be demo or small, not "flat".');
    expect(() => readSettings(["--port-page", "x"], {})).toThrow('--port-page must be a whole number, not "x".');
  });
});

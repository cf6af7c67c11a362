import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { fillEnv, writeSecretFile } from "../../../src/cli/env-file.ts";
import { tempFolder } from "../../support/temp.ts";

const template = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8");

describe("fillEnv", () => {
  it.each([
    "plain",
    "with space",
    "with #hash",
    "it's",
    '"double"',
    "back`tick",
    "back\\slash\\n",
    "$HOME",
    "a=b",
    " edge ",
    "Привіт 😀",
  ])("writes what Node reads back: %s", (value) => {
    expect(parseEnv(fillEnv(template, { MACHINE_NAME: value })).MACHINE_NAME).toBe(value);
  });

  it("keeps every comment, and turns a default into a setting in its place", () => {
    const filled = fillEnv(template, { BOT_TOKEN: "1:a", LOG_LEVEL: "debug" });
    expect(filled).toContain("BOT_TOKEN=1:a\n");
    expect(filled).toContain("\nLOG_LEVEL=debug\n");
    expect(filled).not.toContain("#LOG_LEVEL");
    expect(filled.split("\n").length).toBe(template.split("\n").length);
  });

  it("puts what the template does not know at the end", () => {
    expect(fillEnv("A=\n", { B: "2" })).toBe("A=\nB=2\n");
  });

  it("refuses what no quote can hold", () => {
    expect(() => fillEnv(template, { SESSION_KEY: "'`\"" })).toThrow("quotes");
  });
});

describe("writeSecretFile", () => {
  it("leaves a file that its owner alone can read, also over one that others could", () => {
    const path = join(tempFolder(), ".env");
    writeSecretFile(path, "A=1\n");
    writeSecretFile(path, "A=2\n");
    expect(readFileSync(path, "utf8")).toBe("A=2\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

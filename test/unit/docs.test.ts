import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SETTING_NAMES } from "../../src/config.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe(".env.example", () => {
  it("lists every setting once, and nothing else", () => {
    const listed = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    expect([...listed].sort()).toEqual([...SETTING_NAMES].sort());
  });
});

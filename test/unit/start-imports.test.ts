import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const source = fileURLToPath(new URL("../../src/", import.meta.url));
const commands = readdirSync(join(source, "bot/commands")).map((file) => join(source, "bot/commands", file));

/** Every file that is loaded with these, and the packages they ask for at once. */
function loadedWith(files: readonly string[]): { files: Set<string>; packages: Set<string> } {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, words = "", from = ""] of text.matchAll(/^(?:import|export)\s([^;]*?\sfrom\s)?"([^"]+)";/gm)) {
      if (words.startsWith("type ")) continue;
      if (from.startsWith(".")) waiting.push(join(dirname(file), from));
      else packages.add(from.split("/")[0] ?? from);
    }
  }
  return { files: seen, packages };
}

it("loads what draws charts with the first chart, not at every start", () => {
  const { files, packages } = loadedWith([join(source, "main.ts"), ...commands]);
  expect(files.size).toBeGreaterThan(200);
  expect([...packages]).toContain("grammy");
  expect([...packages]).not.toContain("echarts");
});

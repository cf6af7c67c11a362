import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadCommands } from "../../src/bot/command.ts";
import { SETTING_NAMES } from "../../src/setting-rules.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

describe(".env.example", () => {
  it("lists every setting once, and nothing else", () => {
    const listed = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    expect([...listed].sort()).toEqual([...SETTING_NAMES].sort());
  });
});

describe("README.md", () => {
  it("has a line for every command of the menu, in the menu's order and words", async () => {
    const table = /<!-- commands:.*?-->(.*?)<!-- \/commands -->/s.exec(read("README.md"))?.[1] ?? "";
    const rows = [...table.matchAll(/^\| `\/(\w+)` \| (.+) \|$/gm)].map(([, name, description]) => ({
      name,
      description,
    }));
    const commands = (await loadCommands()).filter(({ name, hidden }) => name !== "" && hidden !== true);
    expect(rows).toEqual(commands.map(({ name, description }) => ({ name, description })));
  });
});

describe.each(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])("%s", (document) => {
  const text = read(document);

  it("names only npm scripts that exist", () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? "");
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("names only files and folders that exist", () => {
    const named = [...text.matchAll(/`((?:src|test|sandbox|migrations|\.ci)\/[\w./-]*)`|\]\(((?!https?:)[\w./-]+)\)/g)];
    const missing = named
      .map(([, code, link]) => code ?? link ?? "")
      .filter((path) => statSync(join(root, path), { throwIfNoEntry: false }) === undefined);
    expect(missing).toEqual([]);
  });
});

describe("the source", () => {
  const FOLDERS = ["src", "sandbox", "migrations", "bench", "test", ".ci"];
  const MOST_LINES = 250;

  it("is in files that one can read at a sitting", () => {
    const long = FOLDERS.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
      .filter((path) => /\.(ts|js|css)$|^\.ci\/run$/.test(path))
      .map((path) => ({ path, lines: read(path).trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(long).toEqual([]);
  });
});

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../support/temp.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A wrong import per wall, and what whoever runs into it reads. */
const WRONG: [path: string, line: string, says: string][] = [
  ["src/core/a.ts", 'import "node:fs";', "The library is pure"],
  ["src/core/b.ts", 'import "../db/index.ts";', "The library is pure"],
  ["src/core/c.ts", 'import "zod";', "The library is pure"],
  ["src/bot/a.ts", 'import "../userbot/index.ts";', "The bot speaks Bot API and queues jobs"],
  ["src/bot/commands/b.ts", 'import "telegram";', "The bot speaks Bot API and queues jobs"],
  ["src/bot/c.ts", 'import "sequelize";', "The bot speaks Bot API and queues jobs"],
  ["src/bot/d.ts", 'import "../../sandbox/main.ts";', "The product finds Telegram by address"],
  ["src/db/a.ts", 'import "../bot/index.ts";', "The cellar knows SQL"],
  ["src/db/b.ts", 'import "grammy";', "The cellar knows SQL"],
  ["src/db/c.ts", 'import "../../sandbox/main.ts";', "The product finds Telegram by address"],
  ["migrations/a.ts", 'import "../src/userbot/index.ts";', "The cellar knows SQL"],
  ["src/userbot/a.ts", 'import "../bot/index.ts";', "The workshop takes jobs"],
  ["src/userbot/tasks/b.ts", 'import "telegram/tl/index.js";', "GramJS stays inside userbot/gramjs"],
  ["src/userbot/c.ts", 'import "mysql2";', "The workshop takes jobs"],
  ["src/userbot/d.ts", 'import "../../sandbox/main.ts";', "The product finds Telegram by address"],
  ["src/userbot/gramjs/a.ts", 'import "../../db/index.ts";', "The wall around GramJS"],
  ["src/userbot/gramjs/b.ts", 'import "p-queue";', "The wall around GramJS"],
  ["sandbox/a.ts", 'import "../src/core/job.ts";', "The sandbox is the far end of the wire"],
  ["sandbox/mtproto/b.ts", 'import "telegram";', "The sandbox is the far end of the wire"],
  ["sandbox/bot-api/c.ts", 'import "grammy";', "The sandbox is the far end of the wire"],
  ["src/archive/a.ts", 'import "../db/index.ts";', "The archive room is given messages"],
  ["src/archive/html/b.ts", 'import "../../userbot/index.ts";', "The archive room is given messages"],
  ["src/charts/a.ts", 'import "../bot/index.ts";', "The room of charts draws numbers and names"],
  ["src/charts/b.ts", 'import "../core/job.ts";', "The room of charts draws numbers and names"],
  ["src/charts/c.ts", 'import "grammy";', "The room of charts draws numbers and names"],
  ["src/pictures/a.ts", 'import "../userbot/index.ts";', "The room of pictures is given files"],
  ["src/pictures/b.ts", 'import "sequelize";', "The room of pictures is given files"],
  ["src/bot/e.ts", 'import "@napi-rs/canvas";', "Pictures are drawn in the room of charts"],
  ["src/bot/f.ts", 'import "echarts/core";', "Pictures are drawn in the room of charts"],
  ["src/userbot/e.ts", 'import "@napi-rs/canvas";', "Pictures are drawn in the room of charts"],
  ["src/cycle-a.ts", 'import "./cycle-b.ts";', "cycle"],
  ["src/cycle-b.ts", 'import "./cycle-a.ts";', "cycle"],
  ["src/any.ts", "export const a: any = 1;", "any"],
];

/** What each room may do. */
const RIGHT: [path: string, line: string][] = [
  ["src/core/right.ts", 'import "./job.ts";'],
  ["src/core/deep/right.ts", 'import "../core/job.ts";'],
  ["src/bot/right.ts", 'import "grammy";\nimport "../core/job.ts";\nimport "../db/db.ts";'],
  ["src/db/right.ts", 'import "sequelize";\nimport "../../migrations/index.ts";\nimport "../core/job.ts";'],
  ["src/userbot/right.ts", 'import "p-queue";\nimport "../core/job.ts";\nimport "../db/db.ts";'],
  ["src/userbot/gramjs/right.ts", 'import "telegram";\nimport "../../core/job.ts";\nimport "../telegram.ts";'],
  ["src/charts/right.ts", 'import "echarts/core";\nimport "@napi-rs/canvas";\nimport "./chart.ts";'],
  ["src/pictures/right.ts", 'import "p-queue";\nimport "@napi-rs/canvas";\nimport "./mark.ts";'],
  ["sandbox/right.ts", 'import "hono";\nimport "./world.ts";'],
  ["src/main.ts", 'import "./bot/index.ts";\nimport "./db/index.ts";\nimport "./userbot/index.ts";'],
];

interface Diagnostic {
  category: string;
  severity: string;
  text: string;
  path: string;
}

function lint(folder: string): Diagnostic[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/@biomejs/biome/bin/biome"), "lint", "--reporter=json", "--max-diagnostics=none", "."],
    { cwd: folder, encoding: "utf8" },
  );
  const start = stdout.indexOf('{"');
  if (start < 0) throw new Error(`Biome wrote no report:\n${stdout}\n${stderr}`);
  const { diagnostics } = JSON.parse(stdout.slice(start)) as { diagnostics: Record<string, unknown>[] };
  return diagnostics.map((diagnostic) => {
    const location = diagnostic.location as { path?: string | { file?: string } } | undefined;
    const path = typeof location?.path === "string" ? location.path : (location?.path?.file ?? "");
    return {
      category: String(diagnostic.category),
      severity: String(diagnostic.severity),
      text: JSON.stringify(diagnostic),
      path,
    };
  });
}

describe("the walls between the rooms", () => {
  it("stop a wrong import in every room, and say why", () => {
    const folder = tempFolder();
    for (const name of ["biome.json", ".gitignore", "package.json"]) copyFileSync(join(root, name), join(folder, name));
    for (const [path, line] of [...WRONG, ...RIGHT]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${line}\n`);
    }
    const errors = lint(folder).filter(({ severity }) => severity === "error");
    const heard = (path: string) => errors.filter((error) => error.path.endsWith(path)).map(({ text }) => text);
    for (const [path, line, says] of WRONG) {
      expect(heard(path).join("\n"), `${path}: ${line}`).toContain(says);
    }
    for (const [path, line] of RIGHT) expect(heard(path), `${path}: ${line}`).toEqual([]);
  });

  it("stop a promise that nobody awaits", () => {
    const folder = tempFolder();
    for (const name of ["biome.json", ".gitignore"]) copyFileSync(join(root, name), join(folder, name));
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/floating.ts"), "async function work(): Promise<void> {}\nwork();\n");
    expect(lint(folder).map(({ category }) => category)).toContain("lint/nursery/noFloatingPromises");
  });
});

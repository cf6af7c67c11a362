/**
 * `npm run demo`: the product and a local Telegram, each a process of its own, with nothing but `npm ci` before.
 *
 *   --headless     no page: downloads @news as a script, compares every file with the truth, and ends
 *   --world NAME   which world the local Telegram holds (demo)
 *   --folder PATH  where files and records go (data/demo; a temporary folder when headless)
 *   --keep         headless: leaves the folder there
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { headlessRun } from "./demo-headless.ts";
import { type DemoStage, startStage } from "./demo-stage.ts";

const { values: options } = parseArgs({
  options: {
    headless: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    world: { type: "string", default: "demo" },
    folder: { type: "string" },
  },
});
const temporary = options.headless && options.folder === undefined;
const folder = temporary
  ? mkdtempSync(join(tmpdir(), "telegram-utilities-demo-"))
  : resolve(options.folder ?? join("data", "demo"));

let stage: DemoStage | undefined;
let ending: Promise<void> | undefined;
/** The product first, so that it can tell its Telegram goodbye. */
const end = () => {
  ending ??= (async () => {
    await stage?.stop();
    if (temporary && !options.keep) rmSync(folder, { recursive: true, force: true });
  })();
  return ending;
};
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    console.log("\nEnding…");
    void end().then(() => process.exit(0));
  });
}

try {
  console.log("Starting a Telegram of your own on this machine…");
  stage = await startStage({ folder, world: options.world, headless: options.headless });
  if (options.headless) {
    process.exitCode = (await headlessRun(stage, console.log)) ? 0 : 1;
    await end();
  } else {
    console.log(WELCOME(stage.ready.page, join(folder, "downloads")));
    const who = await stage.ended;
    if (!ending) {
      console.error(`${who} has ended by itself. What it said is in ${join(folder, "log.jsonl")}.`);
      process.exitCode = 1;
    }
    await end();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await end();
}

function WELCOME(page: string, downloads: string): string {
  return `
  This is the owner's phone; nothing leaves this machine:

    ${page}

  Write there:
    /start             to see what it can do
    /download @news    to watch a job's card fill up
    /chats             to choose a chat by its buttons

  Files appear in ${downloads}. Ctrl-C ends everything.
`;
}

/**
 * Public tools made for Telegram Desktop's exports, at our result.json, of one chat and of a whole account:
 * `npm run readers`, or with `-- --short` all but the heaviest. Python ones are installed into a passing folder from PyPI, the other comes by npx; none of them is a
 * dependency of the program. Ends with 0 when each has read every message.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ArchivedChat, writeArchive } from "../../src/archive/index.ts";
import { archiveMessage, archiveOrder, archiveSource, CHAT } from "../support/archive-messages.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const COUNT = 600;
/** Without chat-miner, which wants half a scientific library. */
const IS_SHORT = process.argv.includes("--short");
const PYTHON_TOOLS = ["tg-parser==1.2.0", "telegramstats==1.0.0", ...(IS_SHORT ? [] : ["chat-miner==0.6.0"])];
const WHOLE: ArchivedChat[] = [
  CHAT,
  { ...CHAT, chatId: 7, type: "user", title: "Ann Lee", username: null },
  { ...CHAT, chatId: -5, type: "group", title: "家庭聊天室", username: null },
];
/** Prints how many messages it takes from a chat; with a name, from that chat of a whole account. */
const MINER = `
import sys, logging
from chatminer.chatparsers import TelegramJsonParser
parser = TelegramJsonParser(*sys.argv[1:])
parser.parse_file()
print(len(parser.parsed_messages.get_df()))
`;

const folder = makeTempFolder();
const env = { ...process.env, NO_COLOR: "1", PYTHONIOENCODING: "utf-8" };
const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
try {
  const quiet = { signal: new AbortController().signal, onMessages: () => {} };
  const single = join(folder, "single");
  await writeArchive(single, archiveOrder("json"), archiveSource(COUNT), quiet);
  const whole = join(folder, "whole");
  await writeArchive(whole, archiveOrder("json", { all: true, chats: WHOLE }), archiveSource(COUNT), quiet);
  const result = join(single, "result.json");
  const messages = Array.from({ length: COUNT }, (_, index) => archiveMessage(index));
  const spoken = messages.filter(({ service }) => !service).length;

  const venv = join(folder, "venv");
  run("python3", "-m", "venv", venv);
  run(join(venv, "bin/pip"), "install", "--quiet", "--no-input", ...PYTHON_TOOLS);

  assert.match(run(join(venv, "bin/tg-parser"), "stats", result), new RegExp(`Messages\\s+│\\s+${COUNT}\\b`));
  console.log(`tg-parser read ${COUNT} messages of one chat.`);

  const counted = run(join(venv, "bin/telegramstats"), "count", "--data-folder", whole);
  const total = [...counted.matchAll(/: (\d+) messages?$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  assert.equal(total, COUNT * WHOLE.length);
  console.log(`telegramstats read ${total} messages of ${WHOLE.length} chats.`);

  if (!IS_SHORT) mine(venv, result, join(whole, "result.json"), spoken);

  const args = ["-y", "chat-analytics@1.1.2", "-p", "telegram", "-i", result, "-o", join(folder, "report.html")];
  assert.match(run("npx", ...args), new RegExp(`\\b${spoken} messages`));
  console.log(`chat-analytics read the ${spoken} messages of one chat that are no service messages.`);
} finally {
  removeFolder(folder);
}

/** chat-miner: as many as somebody has sent, of one chat and of each chat of an account. */
function mine(venv: string, single: string, whole: string, spoken: number): void {
  const miner = join(folder, "miner.py");
  writeFileSync(miner, MINER);
  const found = (...args: string[]) =>
    Number(
      run(join(venv, "bin/python"), miner, ...args)
        .trim()
        .split("\n")
        .at(-1),
    );
  assert.equal(found(single), spoken);
  for (const { title } of WHOLE) assert.equal(found(whole, title), spoken, title);
  console.log(
    `chat-miner read the ${spoken} messages that somebody has sent, of one chat and of each of ${WHOLE.length}.`,
  );
}

/**
 * Public tools made for Telegram Desktop's exports, at our result.json: `npx tsx test/clients/desktop-readers.ts
 * <tg-parser>`, where that is the program of the Python package tg-parser (1.2); chat-analytics 1.1.2 comes by npx. Ends
 * with 0 when both have read every message.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { writeArchive } from "../../src/archive/index.ts";
import { archiveMessage, archiveOrder, archiveSource } from "../support/archive-messages.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

const COUNT = 600;
const folder = makeTempFolder();
try {
  const archive = join(folder, "archive");
  const quiet = { signal: new AbortController().signal, onMessages: () => {} };
  await writeArchive(archive, archiveOrder("json"), archiveSource(COUNT), quiet);
  const result = join(archive, "result.json");
  const spoken = Array.from({ length: COUNT }, (_, index) => archiveMessage(index)).filter(({ service }) => !service);

  const tgParser = process.argv[2] ?? "tg-parser";
  const stats = execFileSync(tgParser, ["stats", result], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  assert.match(stats, new RegExp(`Messages\\s+│\\s+${COUNT}\\b`));

  const args = ["-y", "chat-analytics@1.1.2", "-p", "telegram", "-i", result, "-o", join(folder, "report.html")];
  const report = execFileSync("npx", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.match(report, new RegExp(`\\b${spoken.length} messages`));
  console.log(`tg-parser read ${COUNT} messages, chat-analytics the ${spoken.length} that are no service messages.`);
} finally {
  removeFolder(folder);
}

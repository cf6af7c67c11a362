/**
 * A chat of a million messages in SQLite, archived as json, csv and html by a process of its own: how much memory it
 * took at most, and how long. `--messages=100000` makes it smaller, `--format=csv` takes one.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ARCHIVE_FORMATS } from "../../src/core/query-types.ts";
import { openDatabase } from "../../src/db/index.ts";
import { openStore } from "../../src/db/open-store.ts";
import { CHAT } from "../../test/support/archive-messages.ts";
import { SILENT } from "../../test/support/database.ts";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const messages = Number(options.get("messages") ?? 1_000_000);
  const formats = ARCHIVE_FORMATS.filter((format) => (options.get("format") ?? format) === format);
  const folder = makeTempFolder();
  const results: { [format: string]: object } = {};
  try {
    await fill(folder, messages, say);
    for (const format of formats) {
      results[format] = await measured(folder, format);
      say(`${format}: ${JSON.stringify(results[format])}`);
    }
  } finally {
    removeFolder(folder);
  }
  return { messages, ...results };
}

/** In one statement: what is measured is the reading. */
async function fill(folder: string, messages: number, say: (line: string) => void): Promise<void> {
  const db = await openDatabase({ databaseUrl: null, dataDir: folder, hostname: "bench", log: SILENT });
  await db.close();
  const [file] = readdirSync(folder).filter((name) => /\.(?:sqlite|db)$/.test(name));
  const store = await openStore(`sqlite:${join(folder, file ?? "")}`);
  const began = Date.now();
  const words =
    "printf('Message number %d: ', i) || substr(replace(hex(zeroblob(40)), '00', 'words and '), 1, 20 + i % 300)";
  await store.run(
    `INSERT INTO messages (chat_id, message_id, message_date, sender_id, sender_name, outgoing, message_text, reply_to_id,
        media_type, round, restricted, status, retrieved_datetime, retrieved_hostname, extra)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${messages})
      SELECT ${CHAT.chatId}, i, datetime(1600000000 + i * 120, 'unixepoch'), 5000000 + i % 7, 'Sender ' || (i % 7), i % 3 = 0,
        ${words}, CASE WHEN i % 6 = 0 THEN i - 1 - i % 40 END, 'none', 0, 0, 'retrieved', '2026-01-01 00:00:00.000', 'bench',
        CASE WHEN i % 4 = 0 THEN '{"views":12,"entities":[{"type":"bold","offset":0,"length":7}]}' ELSE '{}' END FROM n`,
  );
  await store.close();
  say(`${messages} messages recorded after ${Math.round((Date.now() - began) / 1000)} s`);
}

/** `chat` is told to the process so that it needs nothing but its folder. */
function measured(folder: string, format: string): Promise<object> {
  const script = new URL("./one.ts", import.meta.url).pathname;
  const args = ["--import", "tsx", script, folder, join(folder, `archive-${format}`), format, JSON.stringify(CHAT)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) =>
      code === 0 ? resolve(JSON.parse(out) as object) : reject(new Error(`${format}: exit ${code}`)),
    );
  });
}

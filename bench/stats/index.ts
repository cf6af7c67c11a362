/**
 * Every question of /stats over so many messages, in a private MariaDB and in SQLite. `--messages` and `--sqlite` make it
 * smaller.
 */
import { zoneSegments } from "../../src/core/zone-segments.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { onServer } from "../../test/support/database.ts";
import { startMariadb } from "../../test/support/private-mariadb.ts";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";
import { spread } from "../database/claims.ts";
import { times } from "../database/measure.ts";

const CHATS = 200;
const ZONE = "Europe/Kyiv";
const chatOf = (n: number): number => -1_000_000_000_001 - (n % CHATS);

export async function run(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<object> {
  const inServer = Number(options.get("messages") ?? 10_000_000);
  const inFile = Number(options.get("sqlite") ?? 1_000_000);
  const folder = makeTempFolder();
  const results: { [name: string]: object } = {};
  const measure = async (name: string, work: () => Promise<object>) => {
    results[name] = await work();
    say(`${name}: ${JSON.stringify(results[name], null, 2)}`);
  };
  try {
    if (inFile > 0) {
      await measure("SQLite", async () => {
        const store = await openStore(`sqlite:${folder}/stats.sqlite`);
        for (const statement of fill("sqlite", inFile)) await store.run(statement);
        const { fillAllSums } = await import("../../src/db/message-sums.ts");
        return asked(store, inFile, () => fillAllSums(store));
      });
    }
    if (inServer > 0) {
      const server = await startMariadb([
        "--innodb-buffer-pool-size=2G",
        "--innodb-log-file-size=1G",
        "--max-recursive-iterations=1000000",
      ]);
      try {
        await measure("MariaDB", async () => {
          const url = await server.url("stats");
          await onServer(url, TABLE);
          for (const statement of fill("mysql", inServer)) await onServer(url, statement);
          // Adopted like an older program's table: indexes and sums are made at once.
          let store: Store | null = null;
          const open = async () => {
            store = await openStore(url);
          };
          return asked(() => store!, inServer, open);
        });
      } finally {
        await server.remove();
      }
    }
    return results;
  } finally {
    removeFolder(folder);
  }
}

async function asked(given: Store | (() => Store), messages: number, prepare: () => Promise<void>): Promise<object> {
  const started = performance.now();
  await prepare();
  const preparedInMs = Math.round(performance.now() - started);
  const store = typeof given === "function" ? given() : given;
  try {
    const { statistics } = repositoriesOf(store);
    const zone = async (chatId: number | null) => {
      const span = await statistics.span(chatId);
      return span ? zoneSegments(span.from, span.to, ZONE) : [];
    };
    const questions: { [name: string]: (chatId: number | null) => Promise<unknown> } = {
      kinds: (chatId) => statistics.kinds(chatId),
      senders: (chatId) => statistics.senders(chatId, 10),
      days: async (chatId) => statistics.days(chatId, await zone(chatId)),
      hours: async (chatId) => statistics.hours(chatId, await zone(chatId)),
      sizes: (chatId) => statistics.sizes(chatId, 10),
    };
    const measured: { [name: string]: object } = {};
    for (const [name, question] of Object.entries(questions)) {
      measured[`${name} of a chat`] = spread(await times(25, (run) => question(chatOf(run))));
      measured[`${name} of all`] = spread(await times(15, () => question(null)));
    }
    measured.chats = spread(await times(15, () => statistics.chats(10)));
    // What the first answer to /stats asks.
    measured["/stats"] = spread(
      await times(15, () =>
        Promise.all([
          statistics.kinds(null),
          statistics.senders(null, 10),
          zone(null).then((one) => statistics.hours(null, one)),
        ]),
      ),
    );
    return { unit: "ms", messages, preparedInMs, questions: measured };
  } finally {
    await store.close();
  }
}

const COLUMNS = "chat_id, message_id, message_date, sender_id, message_text, media_type, file_name, file_size, status";
const TABLE = `CREATE TABLE messages (chat_id BIGINT NOT NULL, message_id BIGINT NOT NULL, message_date DATETIME, sender_id BIGINT,
  message_text TEXT, media_type ENUM('none','photo','video','document','audio','voice','sticker','animation','other') NOT NULL DEFAULT 'none',
  file_name TEXT, file_size BIGINT, status ENUM('retrieved','downloaded','archived','deleted','failed') NOT NULL DEFAULT 'retrieved',
  PRIMARY KEY (chat_id, message_id)) DEFAULT CHARSET=utf8mb4`;

/** Ten years of messages: no two sizes alike, 500 senders a chat, a minute or so between two of them. */
function fill(dialect: "sqlite" | "mysql", messages: number): string[] {
  const perChat = Math.ceil(messages / CHATS);
  const minutes = Math.max(1, Math.floor((10 * 365 * 1440) / perChat));
  const mysql = dialect === "mysql";
  const types = ["none", "photo", "video", "document", "audio", "voice", "sticker", "animation", "other"];
  const one = (list: readonly string[], of: string) =>
    `CASE ${of} ${list.map((word, n) => `WHEN ${n} THEN '${word}'`).join(" ")} END`;
  return Array.from({ length: CHATS }, (_, chat) => {
    const at = `i * ${minutes} + ${chat * 7}`;
    const date = mysql ? `'2015-01-01' + INTERVAL ${at} MINUTE` : `datetime('2015-01-01', (${at}) || ' minutes')`;
    const values = `${chatOf(chat)}, i, ${date}, (i * 7919 + ${chat}) % 500, 'message of a long history', ${one(types, "i % 9")},
      'file.${["jpg", "pdf", "mp4", "zip"][chat % 4]}', (i * 104729 + ${chat} * 31) % 50000000, ${one(["retrieved", "downloaded", "failed"], "i % 3")}`;
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${perChat})`;
    return mysql
      ? `INSERT INTO messages (${COLUMNS}) ${numbers} SELECT ${values} FROM n`
      : `${numbers} INSERT INTO messages (${COLUMNS}) SELECT ${values} FROM n`;
  });
}

import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { onServer } from "../../test/support/database.ts";
import { spread } from "./claims.ts";
import { times } from "./measure.ts";

const CHATS = 200;
const chatOf = (n: number): number => -1_000_000_000_001 - (n % CHATS);

/**
 * Every list the bot shows, over so many messages. The table is filled before it has indexes, and adopted then, which is
 * much the quicker way to ten million rows.
 */
export async function lists(url: string, messages: number): Promise<object> {
  await fill(url, Math.ceil(messages / CHATS));
  const started = performance.now();
  const store = await openStore(url);
  const adoptedInMs = Math.round(performance.now() - started);
  try {
    await fillLogs(store);
    const { chats, messages: repository, actionLog, downloadLog, jobs, jobCards, jobEvents } = repositoriesOf(store);
    const page = (run: number) => ({ limit: 10, offset: (run % 5) * 10 });
    const keys = (run: number) => Array.from({ length: 10 }, (_, n) => `document:${run * 1000 + n}`);
    const queries: { [name: string]: (run: number) => Promise<unknown> } = {
      "chats.list": (run) => chats.list({}, page(run)),
      "chats.list text": (run) => chats.list({ text: `chat ${run % 100}` }, page(0)),
      "chats.get": (run) => chats.get(chatOf(run)),
      "messages.get": (run) => repository.get({ chatId: chatOf(run), messageId: run * 7 }),
      "messages.of 100": (run) =>
        repository.of(
          chatOf(run),
          Array.from({ length: 100 }, (_, n) => run + n),
        ),
      "messages.newestId": (run) => repository.newestId(chatOf(run)),
      "messages.countDownloaded": (run) => repository.countDownloaded(chatOf(run), null),
      "messages.countDownloaded photos": (run) => repository.countDownloaded(chatOf(run), ["photo"]),
      "messages.count of a chat": (run) => repository.count({ chatId: chatOf(run) }),
      "messages.failedOf": (run) => repository.failedOf(`root-${run % 10}`, page(run)),
      "messages.ownedFiles": (run) => repository.ownedFiles(keys(run), "bench"),
      "actionLog.list": (run) => actionLog.list({}, page(run)),
      "actionLog.list of a chat": (run) => actionLog.list({ chatId: chatOf(run) }, page(run)),
      "downloadLog.of": (run) => downloadLog.of({ chatId: chatOf(run), messageId: run }),
      "jobs.roots open": (run) => jobs.roots({ states: ["active", "waiting", "draft"] }, page(run)),
      "jobs.roots": (run) => jobs.roots({}, page(run)),
      "jobs.family of 10,000 parts": () => jobs.family("root-0"),
      "jobCards.openCards": () => jobCards.openCards(),
      "jobEvents.untold": () => jobEvents.untold(["root-0", "root-1"], 50),
    };
    const measured: { [name: string]: object } = {};
    for (const [name, query] of Object.entries(queries)) measured[name] = spread(await times(40, query));
    return { unit: "ms", messages, adoptedInMs, queries: measured };
  } finally {
    await store.close();
  }
}

async function fill(url: string, perChat: number): Promise<void> {
  await onServer(
    url,
    `CREATE TABLE messages (chat_id BIGINT NOT NULL, message_id BIGINT NOT NULL, message_date DATETIME, sender_id BIGINT,
      message_text TEXT, media_type ENUM('none','photo','video','document','audio','voice','sticker','animation','other') NOT NULL DEFAULT 'none',
      file_name TEXT, mime_type VARCHAR(255), file_size BIGINT, status ENUM('retrieved','downloaded','archived','deleted','failed') NOT NULL DEFAULT 'retrieved',
      retrieved_datetime DATETIME(3), retrieved_hostname VARCHAR(255), download_hostname VARCHAR(255), local_file_path TEXT,
      file_key VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin, failed_root_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin,
      PRIMARY KEY (chat_id, message_id)) DEFAULT CHARSET=utf8mb4`,
  );
  const tables =
    "chat_id, message_id, message_date, sender_id, message_text, media_type, file_name, mime_type, file_size, status, retrieved_datetime, retrieved_hostname, download_hostname, local_file_path, file_key, failed_root_id";
  for (let chat = CHATS - 1; chat >= 0; chat--) {
    await onServer(
      url,
      `INSERT INTO messages (${tables}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${perChat})
        SELECT ${chatOf(chat)}, i, '2015-01-01' + INTERVAL i * 97 MINUTE, i % 500, CONCAT('message number ', i, ' of a long history'),
          1 + i % 9, CONCAT('file_', i, '.jpg'), 'image/jpeg', i * 37, 1 + (i % 20 > 8) + 3 * (i % 997 = 0), '2024-01-01', 'bench',
          IF(i % 20 > 8, 'bench', NULL), IF(i % 20 > 8, CONCAT('/data/', i, '.jpg'), NULL), CONCAT('document:', ${chat} * ${perChat} + i),
          IF(i % 997 = 0, CONCAT('root-', ${chat} % 10), NULL) FROM n`,
    );
  }
}

async function fillLogs(store: Store): Promise<void> {
  const numbers = (count: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const time = "'2024-01-01' + INTERVAL i MINUTE";
  await store.run(
    `INSERT INTO chats (chat_id, title, search_text, last_message_datetime) ${numbers(2000)}
      SELECT -1000000000000 - i, CONCAT('Chat ', i), CONCAT('chat ', i), ${time} FROM n`,
  );
  await store.run(
    `INSERT INTO action_log (uid, action_type, status, chat_id, started_datetime) ${numbers(50_000)}
      SELECT CONCAT('a', i), 1 + i % 2, 2, -1000000000001 - i % ${CHATS}, ${time} FROM n`,
  );
  await store.run(
    `INSERT INTO download_log (uid, chat_id, message_id, download_status, attempt_datetime) ${numbers(500_000)}
      SELECT CONCAT('d', i), -1000000000001 - i % ${CHATS}, i, 1, ${time} FROM n`,
  );
  const job = "'{}', 'bench', '2000-01-01', '2000-01-01'";
  await store.run(
    `INSERT INTO jobs (id, family_id, task, state, payload, title, run_at, created_at) ${numbers(2000)}
      SELECT CONCAT('root-', i - 1), CONCAT('root-', i - 1), 'scan', IF(i > 20, 'completed', 'active'), ${job} FROM n`,
  );
  await store.run(
    `INSERT INTO jobs (id, root_id, family_id, task, state, payload, title, run_at, created_at) ${numbers(110_000)}
      SELECT CONCAT('part-', i), CONCAT('root-', FLOOR(i / 10001)), CONCAT('root-', FLOOR(i / 10001)), 'download',
        IF(i % 3 = 0, 'waiting', 'completed'), ${job} FROM n`,
  );
}

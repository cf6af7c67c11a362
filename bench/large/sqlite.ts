/** A million messages in SQLite, written by the program itself. `--data=<folder>` keeps the file there for the next bench. */
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fillAllSums } from "../../src/db/message-sums.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { makeTempFolder, removeFolder } from "../../test/support/temp.ts";
import { CHATS, chatOf, chatSizes } from "./chats.ts";
import { messagesOf } from "./messages.ts";

const BATCH = 1_000;

export interface LargeFile {
  url: string;
  messages: number;
  close(): void;
}

export async function largeFile(options: ReadonlyMap<string, string>, say: (line: string) => void): Promise<LargeFile> {
  const messages = Number(options.get("sqlite") ?? 1_000_000);
  const kept = options.get("data");
  if (kept) mkdirSync(kept, { recursive: true });
  const folder = kept ?? makeTempFolder();
  const path = join(folder, `messages-${messages}.sqlite`);
  if (!existsSync(path)) {
    // Under another name until it is whole.
    const unfinished = `${path}.${process.pid}`;
    await fill(`sqlite:${unfinished}`, messages, say);
    renameSync(unfinished, path);
  }
  return { url: `sqlite:${path}`, messages, close: () => kept === undefined && removeFolder(folder) };
}

async function fill(url: string, messages: number, say: (line: string) => void): Promise<void> {
  const store = await openStore(url);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  try {
    const repository = repositoriesOf(store).messages;
    const sizes = chatSizes(messages);
    for (let chat = 0; chat < CHATS; chat++) {
      const history = { chatId: chatOf(chat), messages: sizes[chat]! };
      for (let from = 1; from <= history.messages; from += BATCH)
        await repository.record([...messagesOf(history, from, Math.min(history.messages, from + BATCH - 1))], "alpha");
      if (chat % 40 === 0) say(`SQLite: chats up to ${chat} recorded after ${seconds()} s`);
    }
    await save(store);
    await fillAllSums(store);
    // Into the file itself: the log beside it would be left behind.
    await store.all("PRAGMA wal_checkpoint(TRUNCATE)");
    say(`SQLite: ${messages} messages after ${seconds()} s`);
  } finally {
    await store.close();
  }
}

/** Most files are on the disk, some could not be had. */
async function save(store: Store): Promise<void> {
  await store.run(
    `INSERT INTO chats (chat_id, title, search_text) SELECT DISTINCT chat_id, 'Chat ' || chat_id, 'chat ' || chat_id
      FROM message_kinds`,
  );
  await store.run(
    `UPDATE messages SET status = 'downloaded', download_hostname = 'alpha', local_file_path = '/data/' || chat_id || '/' || message_id,
      sha256 = printf('%064d', message_id % 100000) WHERE media_type <> 'none' AND message_id % 10 < 6`,
  );
  await store.run("UPDATE messages SET status = 'failed' WHERE media_type <> 'none' AND message_id % 10 = 6");
}

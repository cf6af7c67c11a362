/** What SQL has filled must be what the program would have written: one chat, written anew by the program, is compared. */
import type { StoredMessage } from "../../src/core/media.ts";
import { markGone } from "../../src/db/gone.ts";
import { withSums } from "../../src/db/message-sums.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import { onServer } from "../../test/support/database.ts";
import { chatOf, SAMPLE_CHAT } from "./chats.ts";

const CHAT = chatOf(SAMPLE_CHAT);
const HOST = "alpha";

/** Each is ordered by its key, so that equal tables are equal texts. */
const COMPARED: { [table: string]: string } = {
  messages: `SELECT message_id, message_date, sender_id, sender_name, outgoing, message_text, reply_to_id, media_type, mime_type,
    file_name, extension, file_size, file_key, dc_id, extra, status, sha256, local_file_path IS NULL, gone_at IS NULL
    FROM messages WHERE chat_id = ? ORDER BY message_id`,
  search_messages:
    "SELECT message_id, message_date, digest, words FROM search_messages WHERE chat_id = ? ORDER BY message_id",
  message_kinds: "SELECT * FROM message_kinds WHERE chat_id = ? AND messages <> 0 ORDER BY 2, 3, 4",
  message_senders: "SELECT * FROM message_senders WHERE chat_id = ? AND messages <> 0 ORDER BY 2",
  message_hours: "SELECT * FROM message_hours WHERE chat_id = ? AND messages <> 0 ORDER BY 2",
  message_sizes: "SELECT * FROM message_sizes WHERE chat_id = ? AND files <> 0 ORDER BY 2",
};

/** Throws where a row differs. `ours` is an empty database for the program to write to. */
export async function checkSample(filled: string, ours: string, say: (line: string) => void): Promise<void> {
  await writeAnew(filled, ours);
  let rows = 0;
  for (const [table, question] of Object.entries(COMPARED)) {
    const [theirs, written] = await Promise.all([filled, ours].map((url) => onServer<object>(url, question, [CHAT])));
    if (theirs!.length === 0) throw new Error(`The bench has no ${table} of its sample chat.`);
    for (let at = 0; at < Math.max(theirs!.length, written!.length); at++) {
      const [one, other] = [JSON.stringify(theirs![at]), JSON.stringify(written![at])];
      if (one !== other) throw new Error(`The bench filled ${table} with ${one}, the program writes ${other}.`);
    }
    rows += theirs!.length;
  }
  say(`${rows} rows of a sample chat are as the program writes them`);
}

async function writeAnew(filled: string, ours: string): Promise<void> {
  const from = await openStore(filled);
  const messages: StoredMessage[] = [];
  try {
    for (let last = 0; ; last = messages.at(-1)!.messageId) {
      const page = await repositoriesOf(from).archives.after(CHAT, last, 1_000);
      messages.push(...page);
      if (page.length < 1_000) break;
    }
  } finally {
    await from.close();
  }
  await onServer(ours, "DROP DATABASE sample");
  await onServer(ours.replace(/\/sample$/, "/mysql"), "CREATE DATABASE sample");
  const store = await openStore(ours);
  try {
    await tell(store, messages);
  } finally {
    await store.close();
  }
}

/** All that became of these messages, in the order in which it happens. */
async function tell(store: Store, messages: readonly StoredMessage[]): Promise<void> {
  const db = repositoriesOf(store);
  const keysOf = (some: readonly StoredMessage[]) => some.map(({ chatId, messageId }) => ({ chatId, messageId }));
  const idsOf = (some: readonly StoredMessage[]) => some.map(({ messageId }) => messageId);
  for (let from = 0; from < messages.length; from += 500)
    await db.messages.record(messages.slice(from, from + 500), HOST);
  for (const message of messages) {
    const [key] = keysOf([message]);
    const { sha256, media, localFilePath: path, rootId } = message;
    if (sha256 !== null && path !== null)
      await db.messages.saved(key!, { path, bytes: media.size ?? 0, sha256, hostname: HOST, rootId: rootId ?? "root" });
    else if (message.status === "failed")
      await db.messages.failed(key!, { hostname: HOST, error: "It is gone.", rootId: rootId ?? "root" });
  }
  await db.archives.prove(CHAT, idsOf(messages.filter(({ status }) => status === "archived")));
  const deleted = messages.filter(({ status }) => status === "deleted");
  if (deleted.length === 0) throw new Error("The sample chat is too small: ask for 100,000 messages or more.");
  await store.transaction(async (tx) => {
    await withSums(tx, keysOf(deleted), () =>
      tx.run(
        `UPDATE messages SET status = 'deleted' WHERE chat_id = ? AND message_id IN (${idsOf(deleted).join(", ")})`,
        [CHAT],
      ),
    );
    await markGone(tx, CHAT, idsOf(messages.filter(({ goneAt }) => goneAt !== undefined)));
  });
}

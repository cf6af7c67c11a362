import { expect, it, onTestFinished } from "vitest";
import { fillAllSums } from "../../src/db/message-sums.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { awkwardMessages } from "../support/awkward-messages.ts";
import { mysqlDatabase } from "../support/database.ts";

it("counts messages that are new as the server does, and those that come again not twice", async () => {
  const database = await mysqlDatabase();
  const store = await openStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.remove();
  });
  const { messages } = repositoriesOf(store);
  for (const chatId of [-1, -2, -1]) await messages.record(awkwardMessages(chatId), "here");
  const sums = async () => ({
    kinds: await store.all("SELECT * FROM message_kinds WHERE messages <> 0 ORDER BY 1, 2, 3, 4"),
    senders: await store.all(
      "SELECT chat_id, sender_id, messages, files, bytes FROM message_senders WHERE messages <> 0 ORDER BY 1, 2",
    ),
    hours: await store.all("SELECT * FROM message_hours WHERE messages <> 0 ORDER BY 1, 2"),
    sizes: await store.all("SELECT * FROM message_sizes WHERE files <> 0 ORDER BY 1, 2"),
  });
  const kept = await sums();
  expect(kept.kinds.length).toBeGreaterThan(20);
  await fillAllSums(store);
  expect(kept).toEqual(await sums());
});

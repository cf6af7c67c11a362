import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { messagesOf } from "../large/messages.ts";
import { perSecond } from "./measure.ts";

/** Batches, as the program writes, against one row at a time, as the Python tool did. Both new rows and known ones. */
export async function upserts(url: string, rows: number): Promise<object> {
  const store = await openStore(url);
  const { messages } = repositoriesOf(store);
  const timed = async (count: number, work: () => Promise<void>) => {
    const started = performance.now();
    await work();
    return perSecond(count, performance.now() - started);
  };
  const inBatches = (chatId: number) => async () => {
    const all = [...messagesOf({ chatId, messages: rows })];
    for (let from = 0; from < rows; from += 1000) await messages.record(all.slice(from, from + 1000), "bench");
  };
  const single = Math.min(rows, 2000);
  const oneByOne = (chatId: number) => async () => {
    for (const message of messagesOf({ chatId, messages: single })) await messages.record([message], "bench");
  };
  try {
    return {
      unit: "rows/s",
      batchesNew: await timed(rows, inBatches(-1)),
      batchesKnown: await timed(rows, inBatches(-1)),
      rowByRowNew: await timed(single, oneByOne(-2)),
      rowByRowKnown: await timed(single, oneByOne(-2)),
    };
  } finally {
    await store.close();
  }
}

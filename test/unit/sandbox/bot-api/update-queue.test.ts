import { describe, expect, it } from "vitest";
import { UpdateQueue } from "../../../../sandbox/bot-api/update-queue.ts";

const DAY = 24 * 60 * 60 * 1000;
const alive = () => new AbortController().signal;
const ask = (queue: UpdateQueue, offset = 0, timeoutSeconds = 0, limit = 100, signal = alive()) =>
  queue.poll({ offset, limit, timeoutSeconds, signal });

describe("the queue of updates", () => {
  it("delivers again what was not confirmed, and forgets what was", async () => {
    const queue = new UpdateQueue(10, () => 0);
    queue.push("message", "a");
    queue.push("message", "b");
    expect(await ask(queue)).toEqual([
      { update_id: 10, message: "a" },
      { update_id: 11, message: "b" },
    ]);
    expect(await ask(queue, 10, 0, 1)).toEqual([{ update_id: 10, message: "a" }]);
    expect(await ask(queue, 11)).toEqual([{ update_id: 11, message: "b" }]);
    queue.push("message", "c");
    expect(await ask(queue, -1)).toEqual([{ update_id: 12, message: "c" }]);
    expect(queue.length).toBe(1);
  });

  it("wakes a waiting poll as soon as something happens", async () => {
    const queue = new UpdateQueue(1, () => 0);
    const waiting = ask(queue, 0, 30);
    queue.push("message", "a");
    expect(await waiting).toEqual([{ update_id: 1, message: "a" }]);
  });

  it("ends an older poll with 409 when a second one starts", async () => {
    const queue = new UpdateQueue(1, () => 0);
    const older = ask(queue, 0, 30);
    const younger = ask(queue, 0, 30);
    await expect(older).rejects.toMatchObject({
      code: 409,
      message: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    });
    queue.push("message", "a");
    expect(await younger).toHaveLength(1);
  });

  it("loses nothing to a caller who hung up", async () => {
    const queue = new UpdateQueue(1, () => 0);
    const hangUp = new AbortController();
    const gone = ask(queue, 0, 30, 100, hangUp.signal);
    hangUp.abort();
    await gone;
    queue.push("message", "a");
    expect(await ask(queue, 5)).toEqual([]);
    queue.push("message", "b");
    expect(await ask(queue, 2)).toEqual([{ update_id: 2, message: "b" }]);
  });

  it("tells only what is asked for, reactions and members only by name", async () => {
    const queue = new UpdateQueue(1, () => 0);
    queue.push("message_reaction", "r");
    queue.allow(["callback_query"]);
    queue.push("message", "a");
    queue.push("callback_query", "c");
    queue.allow([]);
    queue.push("message", "b");
    expect((await ask(queue)).map(({ update_id: _, ...rest }) => rest)).toEqual([
      { callback_query: "c" },
      { message: "b" },
    ]);
  });

  it("keeps what nobody fetches for a day", async () => {
    let now = 0;
    const queue = new UpdateQueue(1, () => now);
    queue.push("message", "old");
    now = DAY + 1;
    queue.push("message", "new");
    expect(await ask(queue)).toEqual([{ update_id: 2, message: "new" }]);
  });
});

import pino from "pino";
import { describe, expect, it } from "vitest";
import { RetryLaterError } from "../../../src/core/errors.ts";
import type { BudgetRepository } from "../../../src/db/db.ts";
import { groupOf, rateOf } from "../../../src/userbot/pace-rates.ts";
import { Pacer } from "../../../src/userbot/pacer.ts";

const log = pino({ level: "silent" });

function paced(budget: Partial<BudgetRepository>, pace: "gentle" | "steady" = "steady") {
  const asked: { kind: string; calls: number }[] = [];
  const rested: { kind: string; ms: number }[] = [];
  const counts = { calls: 0, heldBack: 0 };
  const pacer = new Pacer({
    budget: {
      take: async (kind, calls, rate) => {
        asked.push({ kind, calls });
        return (await budget.take?.(kind, calls, rate)) ?? 0;
      },
      rest: async (kind, ms) => void rested.push({ kind, ms }),
    },
    pace: () => pace,
    counted: (_method, heldBack) => {
      counts.calls++;
      if (heldBack) counts.heldBack++;
    },
    signal: new AbortController().signal,
    log,
  });
  return { pacer, asked, rested, counts };
}
const signal = new AbortController().signal;

describe("the budget of requests", () => {
  it("is asked by the handful, a bucket for each method, and counts every call", async () => {
    const { pacer, asked, counts } = paced({});
    for (let call = 0; call < 200; call++) await pacer.pace("upload.getFile", signal);
    await pacer.pace("messages.getHistory", signal);
    expect(counts).toEqual({ calls: 201, heldBack: 0 });
    expect(asked.filter(({ kind }) => kind === "upload.getFile").length).toBeLessThanOrEqual(6);
    expect(asked.at(-1)).toEqual({ kind: "messages.getHistory", calls: 10 });
  });

  it("waits as long as the other machines have used up", async () => {
    let waits = 1;
    const { pacer, counts } = paced({ take: async () => (waits-- > 0 ? 50 : 0) });
    const started = performance.now();
    await pacer.pace("messages.getHistory", signal);
    expect(performance.now() - started).toBeGreaterThan(40);
    expect(counts.heldBack).toBe(1);
  });

  it("passes Telegram's wait on to all machines, and no other wait", () => {
    const { pacer, rested } = paced({});
    const until = new Date(Date.now() + 30_000);
    pacer.heard(null);
    pacer.heard({ reason: "NETWORK", until, method: "messages.getHistory" });
    pacer.heard({ reason: "FLOOD_PREMIUM_WAIT", until, method: "upload.getFile" });
    pacer.heard({ reason: "FLOOD_WAIT", until, method: "messages.getHistory" });
    expect(rested.map(({ kind }) => kind)).toEqual(["messages.getHistory"]);
    // The burst of a quiet time comes on top, or it would go out before the end of the wait.
    expect(rested[0]?.ms).toBeGreaterThan(39_000);
  });

  it("sends the job back to the queue for a wait of more than a quarter of an hour", async () => {
    const { pacer } = paced({ take: async () => 3_600_000 });
    await expect(pacer.pace("messages.getHistory", signal)).rejects.toBeInstanceOf(RetryLaterError);
  });

  it("lets calls go on where it cannot be asked, and lets go of who stops waiting", async () => {
    const broken = paced({ take: () => Promise.reject(new Error("away")) });
    await broken.pacer.pace("messages.getHistory", signal);
    expect(broken.counts.calls).toBe(1);
    const slow = paced({ take: async () => 60_000 });
    const stop = new AbortController();
    const waiting = slow.pacer.pace("messages.getHistory", stop.signal);
    stop.abort(new Error("Enough."));
    await expect(waiting).rejects.toThrow("Enough.");
  });

  it("knows which methods belong together", () => {
    expect(groupOf("upload.saveBigFilePart")).toBe("parts");
    expect(groupOf("channels.getMessages")).toBe("history");
    expect(groupOf("messages.forwardMessages")).toBe("sending");
    expect(groupOf("channels.deleteMessages")).toBe("deleting");
    expect(groupOf("contacts.resolveUsername")).toBe("others");
    for (const method of ["upload.getFile", "messages.search", "messages.sendMedia", "users.getUsers"]) {
      expect(rateOf(method, "gentle").perSecond).toBeLessThan(rateOf(method, "steady").perSecond);
    }
  });
});

import { describe, expect, it } from "vitest";
import { FaultRegistry } from "../../../sandbox/faults.ts";
import { CallJournal } from "../../../sandbox/world/journal.ts";
import { SessionLines } from "../../../sandbox/world/lines.ts";

const call = { door: "mtproto" as const, method: "upload.getFile", session: "aa", dcId: 2 };

describe("a fault on order", () => {
  it("strikes after so many calls and then so often", () => {
    const faults = new FaultRegistry(() => 0);
    faults.add({
      door: "mtproto",
      method: "Upload.GetFile",
      kind: "flood-wait",
      args: { seconds: 30 },
      after: 2,
      count: 2,
    });
    const struck = Array.from({ length: 6 }, () => faults.next(call)?.kind ?? null);
    expect(struck).toEqual([null, null, "flood-wait", "flood-wait", null, null]);
    expect(faults.list()[0]?.struck).toBe(2);
  });

  it("concerns its door, method, session, data centre, text and time only", () => {
    let now = 0;
    const faults = new FaultRegistry(() => now);
    const order = { session: "aa", dcId: 2, match: "77", until: 1000, count: null };
    faults.add({ door: "mtproto", method: "upload.getFile", kind: "timeout", ...order });
    const params = () => '{"id":77}';
    expect(faults.next({ ...call, params })?.kind).toBe("timeout");
    expect(faults.next({ ...call, params, door: "bot-api" })).toBeNull();
    expect(faults.next({ ...call, params, method: "help.getConfig" })).toBeNull();
    expect(faults.next({ ...call, params, session: "bb" })).toBeNull();
    expect(faults.next({ ...call, params, dcId: 1 })).toBeNull();
    expect(faults.next(call)).toBeNull();
    now = 1000;
    expect(faults.next({ ...call, params })).toBeNull();
  });

  it("at a rate strikes about that share of the calls", () => {
    const faults = new FaultRegistry(() => 0);
    faults.add({ door: "mtproto", kind: "timeout", rate: 0.25, count: null });
    const struck = Array.from({ length: 4000 }, () => faults.next(call)).filter(Boolean).length;
    expect(struck).toBeGreaterThan(850);
    expect(struck).toBeLessThan(1150);
  });

  it("goes when removed", () => {
    const faults = new FaultRegistry(() => 0);
    const { id } = faults.add({ door: "mtproto", kind: "cut", count: null });
    expect(faults.remove(id)).toBe(true);
    expect(faults.remove(id)).toBe(false);
    expect(faults.next(call)).toBeNull();
  });
});

describe("the journal", () => {
  it("finds calls by number, door and method, and counts all", () => {
    const journal = new CallJournal();
    const entry = { at: 1, params: {}, session: "aa", connection: 1, dcId: 2, accountId: 1, ok: true, ms: 1, bytes: 0 };
    for (const method of ["a", "b", "a"]) journal.add({ ...entry, door: "mtproto", method, error: null });
    journal.add({ ...entry, door: "bot-api", method: "a", error: "429" });
    expect(journal.after(0, { method: "A" }).map(({ n }) => n)).toEqual([1, 3, 4]);
    expect(journal.after(1, { door: "mtproto" }).map(({ n }) => n)).toEqual([2, 3]);
    expect(journal.counts()).toEqual({ a: 3, b: 1, "a 429": 1 });
  });

  it("says which part of a file left more than once", () => {
    const journal = new CallJournal();
    for (const offset of [0, 4096, 0]) journal.served(5n, "", offset, 4096, "aa");
    expect(journal.files()).toEqual([{ fileId: "5", size: "", bytes: 12_288, parts: 2, repeated: 1 }]);
    expect(journal.sessions()).toEqual({ aa: 12_288 });
  });
});

describe("a line", () => {
  it("lets bytes of one session through one after another, and each session by itself", () => {
    const lines = new SessionLines();
    lines.setDefault({ rttMs: 40, bytesPerSecond: 1000 });
    expect(lines.book("aa", 500)).toBeCloseTo(500, -2);
    expect(lines.book("aa", 500)).toBeCloseTo(1000, -2);
    expect(lines.book("bb", 500)).toBeCloseTo(500, -2);
    lines.set("cc", { rttMs: 0, bytesPerSecond: 0 });
    expect(lines.book("cc", 5_000_000)).toBe(0);
    expect(lines.get("cc").rttMs).toBe(0);
    expect(lines.get("aa").rttMs).toBe(40);
  });
});

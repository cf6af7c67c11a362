import { describe, expect, it } from "vitest";
import { mergeRow, type Row } from "../../../src/core/merge.ts";

const early = "2024-01-01 00:00:00.000";
const late = "2024-01-02 00:00:00.000";

describe("a message in two copies", () => {
  const message = (over: Row): Row => ({
    status: "retrieved",
    local_file_path: null,
    message_text: "text",
    root_id: null,
    retrieved_datetime: early,
    retrieved_hostname: "a",
    updated_at: early,
    ...over,
  });

  it.each([
    ["retrieved", "failed", "failed"],
    ["failed", "downloaded", "downloaded"],
    ["downloaded", "failed", "downloaded"],
    ["downloaded", "archived", "archived"],
    ["deleted", "downloaded", "deleted"],
  ])("is %s in central and %s at home: %s stands", (central, home, stands) => {
    const merged =
      mergeRow("messages", message({ status: central }), message({ status: home })) ?? message({ status: central });
    expect(merged.status).toBe(stands);
  });

  it("takes the path with the status, and the text with the time", () => {
    const central = message({ status: "downloaded", local_file_path: "/there", message_text: "old" });
    const home = message({ status: "retrieved", message_text: "new", updated_at: late, root_id: "r2" });
    expect(mergeRow("messages", central, home)).toMatchObject({
      status: "downloaded",
      local_file_path: "/there",
      message_text: "new",
      root_id: "r2",
    });
  });

  it("takes nothing but the deed from a copy that knows nothing else", () => {
    const home = message({ status: "downloaded", message_text: "", retrieved_datetime: null, updated_at: late });
    expect(mergeRow("messages", message({}), home)).toMatchObject({ status: "downloaded", message_text: "text" });
  });

  it("is written whole where central does not know it, and not at all where nothing is new", () => {
    expect(mergeRow("messages", null, message({}))).toEqual(message({}));
    expect(mergeRow("messages", message({}), message({}))).toBeNull();
  });
});

describe("a job in two copies", () => {
  const job = (over: Row): Row => ({
    state: "active",
    claims: 3,
    done: 0,
    paused: 0,
    claim_order: 0,
    ordered_at: null,
    bystander: 0,
    copied_claims: null,
    ...over,
  });
  const central = job({ done: 1 });

  it("is home's while nobody else has claimed it since", () => {
    expect(mergeRow("jobs", central, job({ done: 5, copied_claims: 3, claims: 4 }))).toMatchObject({
      done: 5,
      claims: 4,
    });
  });

  it("is central's once somebody else has", () => {
    expect(mergeRow("jobs", job({ claims: 4, done: 1 }), job({ done: 5, copied_claims: 3 }))).toBeNull();
  });

  it("is over where either says so, and central's end stands", () => {
    expect(mergeRow("jobs", job({ claims: 4 }), job({ state: "completed", copied_claims: 3 }))).toMatchObject({
      state: "completed",
    });
    expect(mergeRow("jobs", job({ state: "cancelled" }), job({ state: "completed", copied_claims: 3 }))).toBeNull();
  });

  it("of another machine's keeps how far it is when it was cancelled here", () => {
    const home = job({ state: "cancelled", done: 0, copied_claims: 3, bystander: 1 });
    expect(mergeRow("jobs", job({ done: 7 }), home)).toMatchObject({ state: "cancelled", done: 7 });
  });

  it("obeys the owner's later word on pause and order, whoever works on it", () => {
    const home = job({ bystander: 1, copied_claims: 3, paused: 1, claim_order: -5, ordered_at: late });
    expect(mergeRow("jobs", job({ done: 7, ordered_at: early }), home)).toMatchObject({
      paused: 1,
      claim_order: -5,
      done: 7,
    });
    expect(
      mergeRow(
        "jobs",
        job({ ordered_at: late }),
        job({ bystander: 1, copied_claims: 3, paused: 1, ordered_at: early }),
      ),
    ).toBeNull();
  });
});

describe("the rest in two copies", () => {
  it("keeps a line of a log as it was first written", () => {
    expect(mergeRow("download_log", { uid: "1", hostname: "a" }, { uid: "1", hostname: "b" })).toBeNull();
    expect(mergeRow("download_log", null, { uid: "1" })).toEqual({ uid: "1" });
  });

  it("ends an operation that one of them has ended", () => {
    const started = { uid: "1", status: "started" };
    const ended = { uid: "1", status: "completed" };
    expect(mergeRow("action_log", started, ended)).toEqual(ended);
    expect(mergeRow("action_log", ended, started)).toBeNull();
  });

  it("takes an event for told when one of them has told it", () => {
    expect(mergeRow("job_events", { uid: "1", told_at: null }, { uid: "1", told_at: late })).toMatchObject({
      told_at: late,
    });
    expect(mergeRow("job_events", { uid: "1", told_at: late }, { uid: "1", told_at: null })).toBeNull();
  });

  it("never takes a card's milestone back or opens it again", () => {
    const central = { job_id: "j", number: 1, milestone: 75, end_message_id: 9, closed_at: early, updated_at: early };
    const home = { job_id: "j", number: 1, milestone: 50, end_message_id: null, closed_at: null, updated_at: late };
    expect(mergeRow("job_cards", central, home)).toMatchObject({ milestone: 75, end_message_id: 9, closed_at: early });
  });

  it("lets the counter of jobs only grow, and the later word stand for other settings", () => {
    const counter = (content: string, updated_at: string): Row => ({ name: "job-number", content, updated_at });
    expect(mergeRow("settings", counter("12", early), counter("9", late))).toBeNull();
    expect(mergeRow("settings", counter("9", late), counter("12", early))).toMatchObject({ content: "12" });
    const zone = (content: string, updated_at: string): Row => ({ name: "timeZone", content, updated_at });
    expect(mergeRow("settings", zone('"UTC"', early), zone('"Asia/Tokyo"', late))).toMatchObject({
      content: '"Asia/Tokyo"',
    });
  });

  it("gives out a draft that was taken anywhere to nobody", () => {
    const central = { id: "d", taken: 0, updated_at: late };
    expect(mergeRow("drafts", central, { id: "d", taken: 1, updated_at: early })).toMatchObject({ taken: 1 });
  });
});

import pino from "pino";
import { expect, test } from "vitest";
import { createStrangers } from "../../../src/bot/strangers.ts";
import { eventually } from "../../support/eventually.ts";
import { stage } from "./stage.ts";

test("the owner is told once that the account is lost, and once that it is back", async () => {
  const { api, db, worker } = await stage();
  const known = () => db.settings.recall<string>("account-heard");
  await eventually(async () => (await known()) === "connected");
  expect(api.all()).toEqual([]);
  await worker.beat({ account: null, trouble: "SIGNED_OUT" });
  const lost = await api.waitFor(/signed me out/);
  expect(lost.silent).toBe(false);
  expect(lost.keyboard.flat().map(({ text }) => text)).toEqual(["🔑 Reconnect"]);
  await eventually(async () => (await known()) === "lost");
  await worker.beat();
  await api.waitFor(/✅ Connected again as \u2068Alex/);
  expect(api.all()).toHaveLength(2);
});

test("strangers are counted once each and told of once a day, in the evening", async () => {
  const { db } = await stage({ start: false });
  const strangers = createStrangers(db.settings, pino({ level: "silent" }));
  const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
  for (const id of [1, 2, 2, 1]) await strangers.note(id);
  expect(await strangers.due(at("12:00"), "UTC")).toBe(0);
  expect(await strangers.due(at("20:00"), "UTC")).toBe(2);
  // Eight in the evening in the owner's zone.
  expect(await strangers.due(at("12:00"), "Asia/Tokyo")).toBe(2);
  await strangers.told(at("20:00"), "UTC");
  await strangers.note(3);
  expect(await strangers.due(at("23:00"), "UTC")).toBe(0);
  const again = createStrangers(db.settings, pino({ level: "silent" }));
  expect(await again.due(new Date("2026-11-23T20:30:00Z"), "UTC")).toBe(1);
});

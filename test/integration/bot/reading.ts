/** What a test reads of a message on the phone. */
import { expect } from "vitest";
import type { Shown } from "./bot-api.ts";
import type { Stage } from "./stage.ts";

/** Isolates keep names of other directions apart; nobody sees them. */
const ISOLATES = /[\u2068\u2069]/g;

export const labels = (message: Shown) => message.keyboard.flat().map(({ text }) => text.replace(ISOLATES, ""));
export const plain = (message: Shown) => message.text.replace(ISOLATES, "");

/** The one scan that was started. */
export async function onlyJob({ db }: Stage) {
  const { families, total } = await db.jobs.roots({}, { limit: 9, offset: 0 });
  expect(total).toBe(1);
  const root = families[0]?.root;
  if (root?.task !== "scan") throw new Error("no scan");
  return root;
}

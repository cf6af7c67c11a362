import type { Update } from "grammy/types";
import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { OWNER } from "./bot-api.ts";
import { stage } from "./stage.ts";

/** As an earlier run of the program left it in the database. */
const unfinished = (text: string, tries: number): { update: Update; tries: number } => ({
  tries,
  update: {
    update_id: 7_000 + tries,
    message: {
      message_id: 900 + tries,
      date: 1_790_000_000,
      chat: { id: OWNER.id, type: "private", first_name: "Alex" },
      from: { id: OWNER.id, is_bot: false, first_name: "Alex" },
      text,
      entities: [{ type: "bot_command", offset: 0, length: text.split(" ")[0]!.length }],
    },
  },
});

test("a command that was cut off by the program's end is taken up again at its next start, nine times over", async () => {
  const { api, db, start } = await stage({ start: false });
  await db.settings.remember("unfinished-updates", [unfinished("/status", 9)]);
  await start();
  await api.waitFor(/🩺/u);
});

test("a command with which the program has ended ten times is left, and the owner told, with a button for one more try", async () => {
  const { api, db, start } = await stage({ start: false });
  await db.settings.remember("unfinished-updates", [unfinished("/status chat", 10)]);
  await start();
  const told = await api.waitFor(/stopped again and again before I had done with \/status chat/);
  expect(told.keyboard.flat().map(({ text }) => text)).toEqual(["↻ Try again", "✖ Forget it"]);
  expect(api.all()).toHaveLength(1);
  // Forgotten when it has been told, no earlier.
  await eventually(async () => (await db.settings.recall<unknown[]>("unfinished-updates"))?.length === 0);
});

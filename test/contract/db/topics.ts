import { describe, expect, it } from "vitest";
import type { Db } from "../../../src/db/db.ts";
import { newChatId } from "./samples.ts";

export function topicSuite(db: () => Db): void {
  describe("topics", () => {
    it("are known by chat and number, renamed, and never forgotten", async () => {
      const [chatId, other] = [newChatId(), newChatId()];
      expect(await db().topics.of(chatId)).toEqual(new Map());
      await db().topics.record(chatId, []);
      await db().topics.record(chatId, [
        { id: 7, title: "家 👩‍👩‍👧" },
        { id: 1, title: "General" },
        { id: 9, title: "a\0b" },
      ]);
      await db().topics.record(other, [{ id: 7, title: "Elsewhere" }]);
      await db().topics.record(chatId, [{ id: 7, title: "שלום" }]);
      expect(await db().topics.of(chatId)).toEqual(
        new Map([
          [1, "General"],
          [7, "שלום"],
          [9, "a\uFFFDb"],
        ]),
      );
    });
  });
}

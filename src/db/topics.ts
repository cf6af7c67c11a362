import { type InsertPlan, inKeyOrder, insert, replace } from "./insert.ts";
import type { TopicRepository } from "./ports/topics.ts";
import type { Store } from "./sql.ts";
import { clean } from "./values.ts";

const PLAN: InsertPlan = { table: "topics", key: ["chat_id", "topic_id"], update: { title: replace } };

export function topicRepository(store: Store): TopicRepository {
  return {
    async record(chatId, topics) {
      const rows = inKeyOrder(topics, (a, b) => a.id - b.id).map(({ id, title }) => ({
        chat_id: chatId,
        topic_id: id,
        title: clean(title),
      }));
      if (rows.length > 0) await insert(store, PLAN, rows);
    },

    async of(chatId) {
      const rows = await store.all<{ topic_id: unknown; title: unknown }>(
        "SELECT topic_id, title FROM topics WHERE chat_id = ? ORDER BY topic_id",
        [chatId],
      );
      return new Map(rows.map(({ topic_id, title }) => [Number(topic_id), String(title ?? "")]));
    },
  };
}

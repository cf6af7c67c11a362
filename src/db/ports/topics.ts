import type { ChatId, Topic } from "../../core/media.ts";

export interface TopicRepository {
  /** Adds or renames; what Telegram has no more stays known, since its messages may still be here. */
  record(chatId: ChatId, topics: readonly Topic[]): Promise<void>;
  /** Titles by number. */
  of(chatId: ChatId): Promise<Map<number, string>>;
}

import type { ChatId, StoredMessage } from "../../core/media.ts";

export interface ArchiveRepository {
  /** Messages of a chat above an id, by their ids; fewer than `limit` are the last ones. */
  after(chatId: ChatId, messageId: number, limit: number): Promise<StoredMessage[]>;
  count(chatId: ChatId): Promise<number>;
  /**
   * These are proven on disk now: those with nothing to fetch, and those whose file was saved. What is known of a
   * download stays, and what was deleted or failed keeps its name.
   */
  prove(chatId: ChatId, messageIds: readonly number[]): Promise<void>;
}

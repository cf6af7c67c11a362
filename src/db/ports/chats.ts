import type { Chat, ChatId, ChatType } from "../../core/media.ts";
import type { Page } from "./page.ts";

export interface ChatQuery {
  /** Part of title or username, whatever the case. */
  text?: string;
  types?: ChatType[];
  archived?: boolean;
  /** All but this one. */
  except?: ChatId | null;
}

export interface ChatRepository {
  /** Adds or updates; `lastScanAt` of a known chat is kept when the new value is null. */
  record(chats: readonly Chat[]): Promise<void>;
  get(chatId: ChatId): Promise<Chat | null>;
  byUsername(username: string): Promise<Chat | null>;
  /** Most recent activity first, then title. */
  list(query: ChatQuery, page: Page): Promise<{ chats: Chat[]; total: number }>;
  /** The account's own chat, Saved Messages. */
  self(): Promise<Chat | null>;
  scanned(chatId: ChatId, at: Date): Promise<void>;
}

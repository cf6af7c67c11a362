import type { ChatId, MediaType, StoredMessage } from "../../core/media.ts";
import type { ChatTally, DayTally, HourTally, KindTally, SenderTally, SizeStatistics } from "../../core/statistics.ts";
import type { ZoneSegment } from "../../core/zone-segments.ts";

/** Sums of messages; a chat of null means all chats. What is gone from Telegram counts in `kinds` alone, as such. */
export interface StatisticsRepository {
  kinds(chatId: ChatId | null): Promise<KindTally[]>;
  /** Those with the most messages. */
  chats(limit: number): Promise<ChatTally[]>;
  /** How many there are, and those with the most messages. */
  senders(chatId: ChatId | null, limit: number): Promise<{ count: number; top: SenderTally[] }>;
  /** From the quarter of the first message up to the one after the last; null where there is none. */
  span(chatId: ChatId | null): Promise<{ from: number; to: number } | null>;
  /** By the calendar of a zone, given by its distances from UTC. */
  days(chatId: ChatId | null, zone: readonly ZoneSegment[]): Promise<DayTally[]>;
  /** By its weekdays and hours. */
  hours(chatId: ChatId | null, zone: readonly ZoneSegment[]): Promise<HourTally[]>;
  sizes(chatId: ChatId | null, largest: number): Promise<SizeStatistics>;
  /** The messages themselves, oldest first, for whatever no sum answers. */
  page(
    where: {
      chatId: ChatId | null;
      after?: Date;
      before?: Date;
      types?: readonly MediaType[];
      minSize?: number;
      maxSize?: number;
    },
    beyond: { date: Date; chatId: ChatId; messageId: number } | null,
    limit: number,
  ): Promise<StoredMessage[]>;
}

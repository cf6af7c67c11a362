/** The name of the topic that a forum's message stands in. */
import type { StoredMessage } from "../core/media.ts";
import type { ArchivedChat } from "./types.ts";

/** Telegram calls it so, and its messages carry no number. */
const GENERAL = 1;

/** Null outside forums, and where the name is not known. */
export const topicOf = ({ topics }: ArchivedChat, { topicId }: Pick<StoredMessage, "topicId">): string | null =>
  topics?.[topicId ?? GENERAL] ?? null;

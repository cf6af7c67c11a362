import type { Job } from "../../core/job.ts";
import type { ChatId, MediaType, Message, MessageKey, MessageStatus, StoredMessage } from "../../core/media.ts";
import type { Page } from "./page.ts";

/** Both ends belong to it. */
export interface IdRange {
  low: number;
  high: number;
}

export interface SavedFile {
  path: string;
  bytes: number;
  sha256: string;
  hostname: string;
  /** The owner's job that fetched it. */
  rootId: string;
}

/** Who says it: a worker, by the claim under which it works. */
export interface Holder {
  job: Pick<Job, "id">;
  workerId: string;
}

export interface MessageRepository {
  /** Upserts in batches; status, path, hashes and hostnames of a known message are never lost. */
  record(messages: readonly Message[], hostname: string): Promise<void>;
  get(key: MessageKey): Promise<StoredMessage | null>;
  of(chatId: ChatId, messageIds: readonly number[]): Promise<StoredMessage[]>;
  /** Highest message id recorded, 0 if none. */
  newestId(chatId: ChatId): Promise<number>;
  /**
   * Sets `downloaded` and writes the `success` line of download_log, in one transaction. False, and nothing is written,
   * where the holder has lost its job: then somebody else saves this file. Saying again what was written is true again.
   */
  saved(key: MessageKey, file: SavedFile, holder?: Holder): Promise<boolean>;
  /** Sets `failed` (unless it is further already) and writes the `failed` line, in one transaction. */
  failed(
    key: MessageKey,
    failure: {
      hostname: string;
      error: string;
      rootId: string;
      /** Of the line; made here if not given. With it, saying the same twice is one line. */
      uid?: string;
    },
  ): Promise<void>;
  /** Messages that a job wanted and could not save. */
  failedOf(
    rootId: string,
    page: Page,
  ): Promise<{ messages: (StoredMessage & { error: string | null })[]; total: number }>;
  /** Which of these files (see Media.fileKey) this machine has on disk already. */
  ownedFiles(fileKeys: readonly string[], hostname: string): Promise<Map<string, StoredMessage>>;
  /** How many of a chat's messages are on disk, by the filter's types. */
  countDownloaded(chatId: ChatId, mediaTypes: readonly MediaType[] | null): Promise<number>;
  count(where: { chatId?: ChatId; status?: MessageStatus }): Promise<number>;
  /** Recorded messages of a stretch of ids that are not known to be gone, highest id first. */
  presentWithin(chatId: ChatId, range: IdRange, limit: number): Promise<StoredMessage[]>;
  /** Stretches of ids that scans have looked through whole, the highest first. */
  scannedRanges(chatId: ChatId): Promise<IdRange[]>;
}

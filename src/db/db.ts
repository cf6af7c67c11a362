/** The Db port: what every store offers (SQLite, MySQL, and a stand-in made of both). No model or transaction leaves src/db. */
import type {
  Family,
  Job,
  JobEvent,
  JobProgress,
  JobState,
  JobWait,
  NewJob,
  TaskName,
  TaskResults,
} from "../core/job.ts";
import type {
  Chat,
  ChatId,
  ChatType,
  MediaType,
  Message,
  MessageKey,
  MessageStatus,
  StoredMessage,
} from "../core/media.ts";
import type { FilterContext, MediaFilter } from "../core/media-filter.ts";
import type { SearchTerms } from "../core/search-query.ts";
import type { Settings } from "../core/settings.ts";
import type { ChatTally, DayTally, HourTally, KindTally, SenderTally, SizeStatistics } from "../core/statistics.ts";
import type { ZoneSegment } from "../core/zone-segments.ts";
import type { ArchiveRepository } from "./archives.ts";
import type { DeletionRepository } from "./deletions-port.ts";

export interface Page {
  limit: number;
  offset: number;
}

export interface ChatQuery {
  /** Part of title or username, whatever the case. */
  text?: string;
  types?: ChatType[];
  archived?: boolean;
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

export interface MessageRepository {
  /** Upserts in batches; status, path, hashes and hostnames of a known message are never lost. */
  record(messages: readonly Message[], hostname: string): Promise<void>;
  get(key: MessageKey): Promise<StoredMessage | null>;
  of(chatId: ChatId, messageIds: readonly number[]): Promise<StoredMessage[]>;
  /** Highest message id recorded, 0 if none. */
  newestId(chatId: ChatId): Promise<number>;
  /** Sets `downloaded` and writes the `success` line of download_log, in one transaction. */
  saved(key: MessageKey, file: SavedFile): Promise<void>;
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

export interface DownloadLogEntry extends MessageKey {
  uid: string;
  status: "success" | "failed" | "retry";
  hostname: string;
  error: string | null;
  at: Date;
}
export interface DownloadLogRepository {
  add(entry: DownloadLogEntry): Promise<void>;
  of(key: MessageKey): Promise<DownloadLogEntry[]>;
  count(where: { status?: DownloadLogEntry["status"]; chatId?: ChatId }): Promise<number>;
  /** How many files of an owner's job each machine has fetched, most first. */
  machinesOf(rootId: string): Promise<{ hostname: string; files: number }[]>;
}

export interface ActionLogEntry {
  uid: string;
  type: "scan" | "download" | "archive" | "delete" | "analyze";
  status: "started" | "completed" | "failed" | "cancelled";
  hostname: string;
  chatId: ChatId | null;
  /** The root job, where there is one. */
  jobId: string | null;
  startedAt: Date;
  endedAt: Date | null;
  parameters: unknown;
  result: unknown;
  error: string | null;
}
export interface ActionLogRepository {
  /** The uid is made by the caller; the same one twice is one row. */
  start(entry: Pick<ActionLogEntry, "uid" | "type" | "hostname" | "chatId" | "jobId" | "parameters">): Promise<void>;
  /** Ends a row that is still `started`; a row that has ended stays as it is. */
  end(uid: string, status: "completed" | "failed" | "cancelled", result: unknown, error?: string | null): Promise<void>;
  list(
    where: { chatId?: ChatId; type?: ActionLogEntry["type"]; since?: Date; before?: Date },
    page: Page,
  ): Promise<{ entries: ActionLogEntry[]; total: number }>;
}

export interface Claim {
  workerId: string;
  hostname: string;
  leaseMs: number;
  tasks: readonly TaskName[];
}
/** `lost`: cancelled or taken over, stop and write nothing more. `paused`: stop at the next safe point and release. */
export type Hold = "held" | "paused" | "lost";

export interface JobRepository {
  /** Adds all in one transaction. A requestKey known already adds nothing and answers with the first one's id. */
  add(jobs: readonly NewJob[]): Promise<string[]>;
  get(id: string): Promise<Job | null>;
  family(rootId: string): Promise<Family | null>;
  families(rootIds: readonly string[]): Promise<Family[]>;
  /** Root jobs the owner asked for (no questions), newest first. */
  roots(
    where: { states?: readonly JobState[]; since?: Date },
    page: Page,
  ): Promise<{ families: Family[]; total: number }>;

  /** The next due job becomes this worker's for the lease; counts one attempt. Expired leases are taken over. */
  claim(claim: Claim): Promise<Job | null>;
  /**
   * Frees what this worker still held when its process ended; asked once at start, before the first claim, by a worker
   * whose id outlives its process. Nobody then waits for a lease to run out.
   */
  takeBack(workerId: string): Promise<number>;
  /** Renews the lease and saves how far it is. */
  heartbeat(job: Job, workerId: string, leaseMs: number, progress: JobProgress, wait: JobWait | null): Promise<Hold>;
  /** Each returns false where the lease was lost, and then changed nothing. */
  complete<T extends TaskName>(
    job: Job<T>,
    workerId: string,
    progress: JobProgress,
    result: TaskResults[T],
  ): Promise<boolean>;
  /** Back to `waiting`. A wait Telegram asked for, a restart or a pause spends no attempt. */
  release(
    job: Job,
    workerId: string,
    progress: JobProgress,
    options: { runAt: Date; wait: JobWait | null; spendsAttempt: boolean; error: string | null },
  ): Promise<boolean>;
  fail(job: Job, workerId: string, progress: JobProgress, error: string): Promise<boolean>;

  /**
   * One page of a scan, in one transaction: records the messages, hands the wanted ones to a new batch of the root,
   * and saves how far the scan is. The batch's id is derived from root and first message, so that a page scanned twice
   * adds nothing twice. False where the lease was lost.
   */
  scanned(job: Job<"scan">, workerId: string, page: ScannedPage): Promise<boolean>;
  /** Where an interrupted scan goes on, as `scanned` kept it. */
  scanCursor(jobId: string): Promise<unknown>;

  /** draft → waiting. True for exactly one of two taps. */
  confirm(id: string): Promise<boolean>;
  /** The whole family, whatever its state; false if it was over. */
  cancel(rootId: string): Promise<boolean>;
  setPaused(rootId: string, paused: boolean): Promise<boolean>;
  setPriority(rootId: string, priority: number): Promise<boolean>;
}

export interface ScannedPage {
  messages: readonly Message[];
  /** Those of them that the filter wants and `next` shall have. */
  wanted: readonly number[];
  hostname: string;
  progress: JobProgress;
  cursor: unknown;
  /** Telegram has them no more. */
  gone?: readonly number[];
  /** Every message that Telegram has of this stretch of ids is recorded with this page, or was before. */
  covered?: IdRange;
}

export interface JobEventRecord {
  uid: string;
  jobId: string;
  /** The root of the family. */
  rootId: string;
  event: JobEvent;
  at: Date;
  toldAt: Date | null;
}
export interface JobEventRepository {
  add(event: Omit<JobEventRecord, "toldAt">): Promise<void>;
  untold(rootIds: readonly string[], limit: number): Promise<JobEventRecord[]>;
  told(uids: readonly string[], at: Date): Promise<void>;
  of(rootId: string, page: Page): Promise<JobEventRecord[]>;
}

/** The bot message that shows a job. */
export interface JobCard {
  jobId: string;
  /** The short number the owner sees, "Job 12". */
  number: number;
  /** The owner's chat with the bot, and the messages there. */
  chatId: ChatId;
  messageId: number | null;
  /** The command it answers. */
  replyToId: number | null;
  /** The highest of 0, 25, 50, 75, 100 shown so far; -1 for none. */
  milestone: number;
  /** The end message has been sent. */
  endMessageId: number | null;
  closedAt: Date | null;
}
export interface JobCardRepository {
  /** Gives the next number; a job that has a card keeps it. */
  open(card: Pick<JobCard, "jobId" | "chatId" | "replyToId">): Promise<JobCard>;
  update(jobId: string, change: Partial<Omit<JobCard, "jobId" | "number">>): Promise<void>;
  get(jobId: string): Promise<JobCard | null>;
  byNumber(number: number): Promise<JobCard | null>;
  ofJobs(jobIds: readonly string[]): Promise<JobCard[]>;
  /** Not closed yet: what the progress board follows. */
  openCards(): Promise<JobCard[]>;
}

export interface SettingsRepository {
  /** Defaults filled in; an unreadable value is its default. */
  all(): Promise<Settings>;
  set<Name extends keyof Settings>(name: Name, value: Settings[Name]): Promise<void>;
  /** For the bot's own memory (owner id, last query): any JSON under a name that is no setting. */
  recall<T>(name: string): Promise<T | null>;
  remember(name: string, value: unknown): Promise<void>;
}

/** A half-finished dialogue with the owner; buttons carry its id. */
export interface Draft {
  id: string;
  kind: string;
  data: unknown;
  messageId: number | null;
  expiresAt: Date;
}
export interface DraftRepository {
  save(draft: Draft): Promise<void>;
  get(id: string): Promise<Draft | null>;
  /** The newest one still open of a kind, for answers that come as text. */
  latest(): Promise<Draft | null>;
  /** True for exactly one caller. */
  take(id: string): Promise<boolean>;
  forgetExpired(before: Date): Promise<void>;
}

export interface WorkerRecord {
  workerId: string;
  hostname: string;
  roles: string[];
  version: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** The connected account's name, null while signed out. */
  account: { id: ChatId; name: string; username: string | null } | null;
  /** Why it is not working, a code of FatalError, or null. */
  trouble: string | null;
  freeBytes: number | null;
  downloadDir: string | null;
  draining: boolean;
}
export interface WorkerRepository {
  beat(worker: Omit<WorkerRecord, "lastSeenAt" | "draining">): Promise<{ draining: boolean }>;
  list(): Promise<WorkerRecord[]>;
  setDraining(hostname: string, draining: boolean): Promise<void>;
  remove(workerId: string): Promise<void>;
}

/** One allowance of requests for all machines of the account, by the database's clock. */
export interface BudgetRepository {
  /**
   * Takes calls of a kind from the allowance. Answers with the milliseconds to wait before making them, 0 for at once.
   * `burst` is how many may go out together after a quiet time.
   */
  take(kind: string, calls: number, rate: { perSecond: number; burst: number }): Promise<number>;
  /** Telegram asked for quiet: `take` lets no machine make such calls sooner. */
  rest(kind: string, ms: number): Promise<void>;
}

export interface SearchQuery {
  terms: SearchTerms;
  /** What else must hold; its words are in `terms`. */
  filter: MediaFilter;
  context: FilterContext;
  /** Null for all chats. */
  chatIds: readonly ChatId[] | null;
}
export interface FoundMessages {
  messages: StoredMessage[];
  /** All hits, or with `more` those counted so far. */
  total: number;
  more: boolean;
}
export interface SearchRepository {
  /** Best first, then newest first; of more hits than can be ranked the newest come first. */
  find(query: SearchQuery, page: Page): Promise<FoundMessages>;
  /** Takes in the next so many messages recorded before there was an index; true when none are left. */
  indexNext(count: number): Promise<boolean>;
  isIndexed(): Promise<boolean>;
  /** Of how many chats any message is known. */
  chatsWithMessages(): Promise<number>;
}

export interface KeptFile extends MessageKey {
  date: Date;
  /** What its content is known by: SHA-256, or Telegram's id. */
  content: string;
  size: number | null;
  path: string;
}
export interface DuplicateRepository {
  /** A machine's files in the order of their content; by Telegram's id only those without a hash. */
  files(hostname: string, by: "sha256" | "file_key", after: KeptFile | null, limit: number): Promise<KeptFile[]>;
  ofContent(hostname: string, by: "sha256" | "file_key", content: string): Promise<KeptFile[]>;
  /** Messages whose file lies under another path now. */
  moved(hostname: string, by: "sha256" | "file_key", content: string, from: string, to: string): Promise<number>;
  /** Messages with this content on other machines. */
  elsewhere(hostname: string, sha256: string): Promise<number>;
}

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

export interface Repositories {
  chats: ChatRepository;
  messages: MessageRepository;
  downloadLog: DownloadLogRepository;
  actionLog: ActionLogRepository;
  jobs: JobRepository;
  jobEvents: JobEventRepository;
  jobCards: JobCardRepository;
  settings: SettingsRepository;
  drafts: DraftRepository;
  workers: WorkerRepository;
  budget: BudgetRepository;
  statistics: StatisticsRepository;
  search: SearchRepository;
  duplicates: DuplicateRepository;
  deletions: DeletionRepository;
  archives: ArchiveRepository;
}

export interface DbStatus {
  store: "central" | "home";
  /** Rows written at home that central does not have yet. */
  owed: number;
  /** Since when central is away. */
  awaySince: Date | null;
  /** Why, as a sentence for the owner; null while central answers. */
  awayReason: string | null;
  /** Central answers, and does not let us in: the reason says which setting to change. */
  refused: boolean;
  /** The last time that central came back, and the rows it got then. */
  handedOver: { at: Date; rows: number } | null;
  dialect: "sqlite" | "mysql" | "mariadb";
}

export interface Db extends Repositories {
  status(): Promise<DbStatus>;
  /** Asks the shared database at once, instead of at the next of its rounds; true where it answers. */
  tryNow(): Promise<boolean>;
  close(): Promise<void>;
}

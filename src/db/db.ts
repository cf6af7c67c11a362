/**
 * The Db port: what every store offers (SQLite, MySQL, and a stand-in made of both), a file a repository in ports/. No
 * model or transaction leaves src/db.
 */
import type { ActionLogRepository } from "./ports/action-log.ts";
import type { ArchiveRepository } from "./ports/archives.ts";
import type { BudgetRepository } from "./ports/budget.ts";
import type { ChatRepository } from "./ports/chats.ts";
import type { DeletionRepository } from "./ports/deletions.ts";
import type { DownloadLogRepository } from "./ports/download-log.ts";
import type { DraftRepository } from "./ports/drafts.ts";
import type { DuplicateRepository } from "./ports/duplicates.ts";
import type { JobCardRepository } from "./ports/job-cards.ts";
import type { JobEventRepository } from "./ports/job-events.ts";
import type { JobRepository } from "./ports/jobs.ts";
import type { MessageRepository } from "./ports/messages.ts";
import type { PictureRepository } from "./ports/pictures.ts";
import type { ScheduleRepository } from "./ports/schedules.ts";
import type { SearchRepository } from "./ports/search.ts";
import type { SettingsRepository } from "./ports/settings.ts";
import type { StatisticsRepository } from "./ports/statistics.ts";
import type { TopicRepository } from "./ports/topics.ts";
import type { WorkerRepository } from "./ports/workers.ts";

export type * from "./ports/action-log.ts";
export type * from "./ports/archives.ts";
export type * from "./ports/budget.ts";
export type * from "./ports/chats.ts";
export type * from "./ports/deletions.ts";
export type * from "./ports/download-log.ts";
export type * from "./ports/drafts.ts";
export type * from "./ports/duplicates.ts";
export type * from "./ports/job-cards.ts";
export type * from "./ports/job-events.ts";
export type * from "./ports/jobs.ts";
export type * from "./ports/messages.ts";
export type * from "./ports/page.ts";
export type * from "./ports/pictures.ts";
export type * from "./ports/schedules.ts";
export type * from "./ports/search.ts";
export type * from "./ports/settings.ts";
export type * from "./ports/statistics.ts";
export type * from "./ports/topics.ts";
export type * from "./ports/workers.ts";

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
  pictures: PictureRepository;
  topics: TopicRepository;
  deletions: DeletionRepository;
  schedules: ScheduleRepository;
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

import type { ChatId } from "../../core/media.ts";

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

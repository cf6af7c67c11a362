import type { ChatId } from "../../core/media.ts";
import type { Page } from "./page.ts";

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

import type { ChatId, MessageKey } from "../../core/media.ts";

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

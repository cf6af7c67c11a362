import type { ChatId } from "../../core/media.ts";

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

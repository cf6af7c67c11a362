import type { JobEvent } from "../../core/job.ts";
import type { Page } from "./page.ts";

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

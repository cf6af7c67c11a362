import type { Schedule, ScheduleState } from "../../core/schedule.ts";

/** What recurs. Only ever in the shared database: a run of it may delete. */
export interface ScheduleRepository {
  /** Switched on, with the next number. Asked twice with one id, it is one. */
  create(
    schedule: Pick<
      Schedule,
      "id" | "task" | "chatId" | "chatTitle" | "wish" | "timing" | "timeZone" | "nextRunAt" | "ownerChatId"
    >,
  ): Promise<Schedule>;
  get(id: string): Promise<Schedule | null>;
  /** By number; without those that were removed. */
  list(): Promise<Schedule[]>;
  /** Switched on, and their time has come. */
  due(now: Date): Promise<Schedule[]>;
  /** To the next time. True for exactly one caller, and only while it is on and stands at `from`. */
  advance(id: string, from: Date, to: Date, change: { missedAt?: Date | null }): Promise<boolean>;
  /** What it has begun. */
  ran(id: string, at: Date, runId: string): Promise<void>;
  /** True where that changes it. What is removed stays removed. */
  setState(id: string, state: ScheduleState, nextRunAt?: Date): Promise<boolean>;
  /** An offer that was answered: true for exactly one of two taps. */
  takeMissed(id: string): Promise<boolean>;
}

/** How many jobs of which kind one machine does at once: a question never waits behind a download. */
import { QUESTION_TASKS, type TaskName } from "../core/tasks.ts";

interface Lane {
  tasks: readonly TaskName[];
  slots: number;
}

const LANES: readonly Lane[] = [
  { tasks: [...QUESTION_TASKS, "chats"], slots: 3 },
  // One after another: what cannot be undone is never hurried.
  { tasks: ["delete-copy", "delete", "restore"], slots: 1 },
  { tasks: ["index", "scan"], slots: 2 },
  { tasks: ["duplicates", "free-duplicates", "remove-look-alike"], slots: 1 },
  // Hours, the first time.
  { tasks: ["look-alikes"], slots: 1 },
  { tasks: ["archive", "upload-archive"], slots: 1 },
  // The next batch asks for its messages while the last files of the one before are on their way.
  { tasks: ["download"], slots: 3 },
];

export class Lanes {
  readonly #running = new Map<Lane, number>();

  /** What may be claimed now. */
  free(): TaskName[] {
    return LANES.filter((lane) => this.#count(lane) < lane.slots).flatMap(({ tasks }) => tasks);
  }

  enter(task: TaskName): void {
    const lane = laneOf(task);
    this.#running.set(lane, this.#count(lane) + 1);
  }

  leave(task: TaskName): void {
    const lane = laneOf(task);
    this.#running.set(lane, this.#count(lane) - 1);
  }

  #count(lane: Lane): number {
    return this.#running.get(lane) ?? 0;
  }
}

function laneOf(task: TaskName): Lane {
  const lane = LANES.find(({ tasks }) => tasks.includes(task));
  if (!lane) throw new Error(`No lane does the task ${task}.`);
  return lane;
}

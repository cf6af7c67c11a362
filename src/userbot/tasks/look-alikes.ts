/** look-alikes — finds pictures of this machine that look alike; changes nothing. Goes on where it was interrupted. */
import { setImmediate as breathe } from "node:timers/promises";
import type { SeenPicture } from "../../core/look-alikes.ts";
import { alikeGroups } from "../../pictures/alike.ts";
import { openReaders } from "../../pictures/readers.ts";
import { lookAtPictures } from "../look-alikes/look.ts";
import type { Task } from "../task.ts";

/** As many as one wants to look through; the rest comes up once these are gone. */
const MOST_GROUPS = 200;
const MOST_IN_GROUP = 12;

export const lookAlikes: Task<"look-alikes"> = async (_job, { db, hostname, progress, signal }) => {
  Object.assign(progress, { done: 0, total: await db.pictures.count(hostname) });
  const readers = openReaders();
  const stop = () => void readers.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const onPictures = (count: number) => {
      progress.done = Math.min(progress.total, progress.done + count);
    };
    const { pictures, marks, unclear, missing } = await lookAtPictures({ db, hostname, readers, signal, onPictures });
    const groups = (await alikeGroups(marks, () => breathe(undefined, { signal }))).map((places) =>
      places.map((place) => pictures[place]!),
    );
    groups.sort((a, b) => bytesOf(b) - bytesOf(a));
    return {
      hostname,
      groups: groups.slice(0, MOST_GROUPS).map((group) => ({ pictures: group.slice(0, MOST_IN_GROUP) })),
      totalGroups: groups.length,
      pictures: groups.reduce((sum, group) => sum + group.length, 0),
      looked: pictures.length,
      unclear,
      missing,
    };
  } catch (error) {
    // Readers that were closed in the middle of a picture say so; why they were is the reason.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await readers.close();
  }
};

const bytesOf = (group: readonly SeenPicture[]): number => group.reduce((sum, { bytes }) => sum + bytes, 0);

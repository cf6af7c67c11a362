/** Where a job's files lie: each machine keeps what it has fetched in its own download folder. */
import type { Chat } from "../core/media.ts";
import type { Db } from "../db/db.ts";
import { savedFolder } from "./saved-folder.ts";

export interface SavedPlace {
  hostname: string;
  files: number;
  /** Null where the machine no longer says. */
  directory: string | null;
}

export interface SavedPlaces {
  /** Of the one machine there is. */
  directory: string | null;
  /** One for each machine that has files of the job, most first; empty where there is no doubt which one. */
  places: SavedPlace[];
}

export async function savedPlaces(db: Db, rootId: string, template: string, chat: Chat | null): Promise<SavedPlaces> {
  const [saved, workers] = await Promise.all([db.downloadLog.machinesOf(rootId), db.workers.list()]);
  const folders = workers.filter(({ downloadDir }) => downloadDir !== null);
  const folderOn = (hostname: string | undefined): string | null => {
    const root = folders.find((worker) => hostname === undefined || worker.hostname === hostname)?.downloadDir ?? null;
    return root !== null && chat ? savedFolder(root, template, chat) : root;
  };
  const machines = new Set([...folders.map(({ hostname }) => hostname), ...saved.map(({ hostname }) => hostname)]);
  if (machines.size <= 1) return { directory: folderOn(undefined), places: [] };
  return {
    directory: folderOn(saved[0]?.hostname),
    places: saved.map(({ hostname, files }) => ({ hostname, files, directory: folderOn(hostname) })),
  };
}

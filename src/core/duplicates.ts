/** The same content kept more than once on one machine, and which copy shall stay. */
import type { ChatId } from "./media.ts";

/** One copy on the disk; several paths where it is hard-linked already. */
export interface KeptCopy {
  paths: string[];
  /** When its message was written, as an ISO instant. */
  date: string;
  chatIds: ChatId[];
  /** Which disk it lies on. */
  disk: string;
  /** It has further names that are not recorded: freeing these here gives nothing back. */
  heldElsewhere: boolean;
}

export interface DuplicateGroup {
  /** "sha256:…" or, where none was kept, "file:…" with Telegram's id. */
  key: string;
  /** Bytes of one copy. */
  size: number;
  copies: KeptCopy[];
}

export interface DuplicateReport {
  hostname: string;
  /** The largest first; what is beyond the limit is only counted. */
  groups: DuplicateGroup[];
  totalGroups: number;
  /** Copies in all groups, and the bytes that all but one of each take. */
  files: number;
  bytes: number;
  /** Recorded, but not there, or changed since. */
  missing: number;
  /** Of these contents copies lie on other machines too; they are counted, never touched. */
  elsewhere: number;
}

/** One group's decision: this one stays, those go. */
export interface FreeOrder {
  key: string;
  size: number;
  keep: string;
  drop: string[];
}

export type KeepRule = { keep: "newest" | "oldest" } | { keep: "chat"; chatId: ChatId };

/** Null where the rule says nothing about this group, which then stays as it is. */
export function chosenBy(rule: KeepRule, { copies }: DuplicateGroup): number | null {
  const among =
    rule.keep === "chat"
      ? copies.map((copy, index) => ({ copy, index })).filter(({ copy }) => copy.chatIds.includes(rule.chatId))
      : copies.map((copy, index) => ({ copy, index }));
  const sign = rule.keep === "oldest" ? 1 : -1;
  among.sort((a, b) => sign * a.copy.date.localeCompare(b.copy.date) || a.index - b.index);
  return among[0]?.index ?? null;
}

/** Every path of every copy but the one that stays. */
export function orderFor({ key, size, copies }: DuplicateGroup, keep: number): FreeOrder | null {
  const kept = copies[keep]?.paths[0];
  if (kept === undefined) return null;
  const drop = copies.filter((_, index) => index !== keep).flatMap(({ paths }) => paths);
  return drop.length > 0 ? { key, size, keep: kept, drop } : null;
}

/** What freeing gives back: each copy once, however many names it has. Without `keep`, as much as it can be. */
export function bytesFreedBy({ size, copies }: DuplicateGroup, keep?: number): number {
  const kept =
    keep ??
    Math.max(
      0,
      copies.findIndex(({ heldElsewhere }) => heldElsewhere),
    );
  return size * copies.filter(({ heldElsewhere }, index) => index !== kept && !heldElsewhere).length;
}

/** Of orders made from these groups. */
export function bytesFreedByOrders(groups: readonly DuplicateGroup[], orders: readonly FreeOrder[]): number {
  const keptIn = new Map(orders.map(({ key, keep }) => [key, keep]));
  return groups.reduce((sum, group) => {
    const keep = keptIn.get(group.key);
    if (keep === undefined) return sum;
    return (
      sum +
      bytesFreedBy(
        group,
        group.copies.findIndex(({ paths }) => paths.includes(keep)),
      )
    );
  }, 0);
}

/** A hard link needs one disk for all. */
export const isOneDisk = ({ copies }: DuplicateGroup): boolean => new Set(copies.map(({ disk }) => disk)).size === 1;

/** No path may stay in one order and go in another. */
export function contradiction(orders: readonly FreeOrder[]): string | null {
  const kept = new Set(orders.map(({ keep }) => keep));
  const seen = new Set<string>();
  for (const path of orders.flatMap(({ drop }) => drop)) {
    if (kept.has(path) || seen.has(path)) return path;
    seen.add(path);
  }
  return null;
}

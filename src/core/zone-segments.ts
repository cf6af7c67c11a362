/** Stretches of time in which a zone's clock keeps one distance from UTC, in quarters of an hour. */
import { localTime } from "./zone.ts";

export const QUARTER_MS = 900_000;
/** A week: no zone has changed its clocks twice within one. */
const STEP = 7 * 96;

export interface ZoneSegment {
  /** Quarters since 1970, UTC: the first one, and the first one after it. */
  from: number;
  to: number;
  /** What is added to be at the zone's own quarter. */
  offset: number;
}

export const slotOf = (instant: Date): number => Math.floor(instant.getTime() / QUARTER_MS);

/** One after another without a gap, from the quarter `from` up to, not including, `to`. */
export function zoneSegments(from: number, to: number, timeZone: string): ZoneSegment[] {
  const segments: ZoneSegment[] = [];
  let start = from;
  let offset = offsetAt(from, timeZone);
  for (let at = from; at < to; at += STEP) {
    const next = Math.min(at + STEP, to);
    if (offsetAt(next, timeZone) === offset) continue;
    const change = firstChange(at, next, offset, timeZone);
    segments.push({ from: start, to: change, offset });
    start = change;
    offset = offsetAt(change, timeZone);
  }
  if (start < to) segments.push({ from: start, to, offset });
  return segments;
}

/** Clocks of this century differ from UTC by whole quarters, and change at whole quarters. */
function offsetAt(slot: number, timeZone: string): number {
  const instant = new Date(slot * QUARTER_MS);
  const { year, month, day, hour, minute } = localTime(instant, timeZone);
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - instant.getTime()) / QUARTER_MS);
}

function firstChange(same: number, other: number, offset: number, timeZone: string): number {
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle, timeZone) === offset) same = middle;
    else other = middle;
  }
  return other;
}

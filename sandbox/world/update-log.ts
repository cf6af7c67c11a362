import type { Difference, PtsUpdate } from "./types.ts";

/** What a viewer is to be told; null where it does not concern them. */
export type MakeUpdate = (viewerId: number, position: Position) => PtsUpdate | null;
export interface Position {
  channelId: number | null;
  pts: number;
  ptsCount: number;
  date: number;
}

const KEPT = 20_000;

/** The counter of one box and what moved it. */
export class UpdateLog {
  readonly channelId: number | null;
  pts: number;
  #entries: { position: Position; make: MakeUpdate }[] = [];

  constructor(channelId: number | null, pts: number) {
    this.channelId = channelId;
    this.pts = pts;
  }

  record(ptsCount: number, date: number, make: MakeUpdate): Position {
    this.pts += ptsCount;
    const position = { channelId: this.channelId, pts: this.pts, ptsCount, date };
    this.#entries.push({ position, make });
    if (this.#entries.length > KEPT * 1.25) this.#entries = this.#entries.slice(-KEPT);
    return position;
  }

  difference(viewerId: number, pts: number, limit: number, date: number): Difference {
    if (pts >= this.pts) return { kind: "empty", date };
    const first = this.#entries[0]?.position;
    if (!first || first.pts - first.ptsCount > pts) return { kind: "too-long", pts: this.pts };
    const start = this.#entries.findIndex(({ position }) => position.pts > pts);
    const taken = this.#entries.slice(start, start + limit);
    const updates = taken.map(({ position, make }) => make(viewerId, position)).filter((update) => update !== null);
    const last = taken.at(-1)?.position.pts ?? this.pts;
    return { kind: "updates", updates, pts: last, date, final: last >= this.pts };
  }
}

/** What the calls of the tour are about. */
import type { DeletionItem, DeletionSummary } from "../../../src/core/deletion.ts";
import type { Job } from "../../../src/core/job.ts";
import { zoneSegments } from "../../../src/core/zone-segments.ts";
import type { Repositories } from "../../../src/db/db.ts";
import type { KeptFile } from "../../../src/db/ports/duplicates.ts";

export const TOUR_CHAT = -1_000_000_000_500;
export const HOST = "here";
export const PAGE = { limit: 10, offset: 20 };
export const NOW = new Date("2026-11-22T12:00:00Z");
export const KEY = { chatId: TOUR_CHAT, messageId: 7 };
export const FILE: KeptFile = { ...KEY, date: NOW, content: "a", size: 1, path: "/a" };
export const BEYOND = { date: NOW, ...KEY };
export const ZONE = zoneSegments(1_900_000, 1_950_000, "Europe/Kyiv");
export const SAVED = { path: "/a", bytes: 1, sha256: "a", hostname: HOST, rootId: "root" };

export const DELETION = {
  chatId: TOUR_CHAT,
  chatTitle: "Room",
  filter: {},
  everyone: true,
  ownerChatId: 1,
  replyToId: null,
};
export const ITEM: DeletionItem = {
  messageId: 1,
  state: "planned",
  effect: "everyone",
  own: true,
  type: "text",
  date: NOW,
  senderName: null,
  fingerprint: "x",
  reason: null,
  sentAt: null,
  copyPath: null,
};
export const SUMMARY: DeletionSummary = {
  count: 1,
  own: 1,
  others: 0,
  first: null,
  last: null,
  byType: [],
  everyone: 1,
  onlyMe: 0,
  refused: {},
  samples: [],
  wholeChat: false,
  copyable: true,
  overCap: false,
};
export const CONFIRMATION = {
  token: "tour",
  kind: "first" as const,
  number: 1,
  typed: false,
  ownerId: 1,
  chatId: 1,
  messageId: 1,
  createdAt: NOW,
  expiresAt: NOW,
};

/** What the calls are about. */
export interface Visit {
  db: Repositories;
  job: Job<"scan">;
  deletionId: string;
}
export type Calls = readonly ((visit: Visit) => Promise<unknown>)[];
export type Tour = { [Name in keyof Repositories]: { [Method in keyof Repositories[Name]]: Calls } };

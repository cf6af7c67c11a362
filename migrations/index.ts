import * as chats from "./001-chats.ts";
import * as messages from "./002-messages.ts";
import * as downloadLog from "./003-download-log.ts";
import * as actionLog from "./004-action-log.ts";
import * as jobs from "./005-jobs.ts";
import * as jobEvents from "./006-job-events.ts";
import * as jobCards from "./007-job-cards.ts";
import * as settings from "./008-settings.ts";
import * as drafts from "./009-drafts.ts";
import * as workers from "./010-workers.ts";
import * as hosts from "./011-hosts.ts";
import * as requestBudget from "./012-request-budget.ts";
import * as deletions from "./013-deletions.ts";
import * as deletionItems from "./014-deletion-items.ts";
import * as deletionConfirmations from "./015-deletion-confirmations.ts";
import * as search from "./016-search.ts";
import * as gone from "./017-gone.ts";
import * as scanCounts from "./018-scan-counts.ts";
import * as scannedRanges from "./019-scanned-ranges.ts";
import * as extensions from "./020-extensions.ts";
import * as messageSums from "./021-message-sums.ts";
import * as duplicates from "./022-duplicates.ts";
import * as searchDates from "./023-search-dates.ts";
import * as pictureMarks from "./024-picture-marks.ts";
import * as schedules from "./025-schedules.ts";
import * as scheduledDeletions from "./026-scheduled-deletions.ts";
import * as topics from "./027-topics.ts";
import * as jobParts from "./028-job-parts.ts";
import type { Schema } from "./schema.ts";

export interface Migration {
  name: string;
  /** Looks before it acts, so that running it again does nothing. */
  up: (schema: Schema) => Promise<void>;
}

/** In this order, for ever: new ones go to the end, and none changes once it was released. */
export const MIGRATIONS: readonly Migration[] = [
  { name: "001-chats", up: chats.up },
  { name: "002-messages", up: messages.up },
  { name: "003-download-log", up: downloadLog.up },
  { name: "004-action-log", up: actionLog.up },
  { name: "005-jobs", up: jobs.up },
  { name: "006-job-events", up: jobEvents.up },
  { name: "007-job-cards", up: jobCards.up },
  { name: "008-settings", up: settings.up },
  { name: "009-drafts", up: drafts.up },
  { name: "010-workers", up: workers.up },
  { name: "011-hosts", up: hosts.up },
  { name: "012-request-budget", up: requestBudget.up },
  { name: "013-deletions", up: deletions.up },
  { name: "014-deletion-items", up: deletionItems.up },
  { name: "015-deletion-confirmations", up: deletionConfirmations.up },
  { name: "016-search", up: search.up },
  { name: "017-gone", up: gone.up },
  { name: "018-scan-counts", up: scanCounts.up },
  { name: "019-scanned-ranges", up: scannedRanges.up },
  { name: "020-extensions", up: extensions.up },
  { name: "021-message-sums", up: messageSums.up },
  { name: "022-duplicates", up: duplicates.up },
  { name: "023-search-dates", up: searchDates.up },
  { name: "024-picture-marks", up: pictureMarks.up },
  { name: "025-schedules", up: schedules.up },
  { name: "026-scheduled-deletions", up: scheduledDeletions.up },
  { name: "027-topics", up: topics.up },
  { name: "028-job-parts", up: jobParts.up },
];

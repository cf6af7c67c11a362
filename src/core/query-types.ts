/** What goes into the reading of a command, and what comes out. */
import type { ChatReference } from "./chat-reference.ts";
import type { MediaFilter } from "./media-filter.ts";

export interface QueryContext {
  now: Date;
  timeZone: string;
  /** Whether words in front name the chat (/download, the default) or are what is searched for (/search). */
  leading?: "chat" | "text";
  /** Whether format: and media: may stand there (/archive). */
  archive?: boolean;
}

export interface QueryOptions {
  format?: ArchiveFormat;
  /** Whether the archive holds the files as well. */
  media?: boolean;
}
export const ARCHIVE_FORMATS = ["json", "csv", "html"] as const;
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number];

export interface Query {
  chat: ChatReference | null;
  filter: MediaFilter;
  options: QueryOptions;
}

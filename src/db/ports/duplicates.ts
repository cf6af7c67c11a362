import type { MessageKey } from "../../core/media.ts";

export interface KeptFile extends MessageKey {
  date: Date;
  /** What its content is known by: SHA-256, or Telegram's id. */
  content: string;
  size: number | null;
  path: string;
}
export interface DuplicateRepository {
  /** A machine's files in the order of their content; by Telegram's id only those without a hash. */
  files(hostname: string, by: "sha256" | "file_key", after: KeptFile | null, limit: number): Promise<KeptFile[]>;
  ofContent(hostname: string, by: "sha256" | "file_key", content: string): Promise<KeptFile[]>;
  /** Messages whose file lies under another path now. */
  moved(hostname: string, by: "sha256" | "file_key", content: string, from: string, to: string): Promise<number>;
  /** Messages with this content on other machines. */
  elsewhere(hostname: string, sha256: string): Promise<number>;
}

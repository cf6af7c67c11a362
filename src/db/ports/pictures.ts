import type { KeptFile } from "./duplicates.ts";

/** What a picture looks like (see src/pictures), or why nobody can say. */
export type PictureMark = {
  /** "sha256:…" or, where no hash was kept, "file:…" with Telegram's id. */
  content: string;
} & (
  | { mark: string; width: number; height: number; sha256: string; why: null }
  | { mark: null; width: null; height: null; sha256: null; why: string }
);

export interface PictureRepository {
  /** A machine's pictures in the order of their content; by Telegram's id only those without a hash. */
  files(hostname: string, by: "sha256" | "file_key", after: KeptFile | null, limit: number): Promise<KeptFile[]>;
  count(hostname: string): Promise<number>;
  /** Those that are known. */
  marks(contents: readonly string[]): Promise<Map<string, PictureMark>>;
  /** One that is known is replaced. */
  keep(marks: readonly PictureMark[]): Promise<void>;
  /** The file is gone from this machine's disk because the owner wanted that. What it was is still known. */
  removed(hostname: string, path: string, content: string): Promise<number>;
}

/**
 * The copy of messages before they are deleted: a folder with messages.jsonl (one message a line), their files, and a
 * manifest with the SHA-256 of everything. Only what was read back from the disk counts as copied.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import type { ChatId, Message } from "../../core/media.ts";

export interface CopiedFile {
  /** Within the folder, "/" between its steps. */
  path: string;
  bytes: number;
  sha256: string;
}
/** One line: a message as it was, dates as ISO texts. */
export interface CopiedMessage {
  message: Message;
  file: CopiedFile | null;
}

export interface CopyManifest {
  copy: 1;
  deletion: string;
  number: number;
  chatId: ChatId;
  chat: string;
  createdAt: string;
  messages: number;
  files: CopiedFile[];
}

const LINES = "messages.jsonl";
const MANIFEST = "manifest.json";
export const FILES = "files";

export class CopyFolder {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }

  /** What an earlier attempt has written whole; a line that was cut off by a kill is taken away. */
  async begin(): Promise<Set<number>> {
    await mkdir(join(this.path, FILES), { recursive: true });
    const file = await open(join(this.path, LINES), "a+");
    try {
      const text = (await file.readFile("utf8")) as string;
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
      return new Set(
        whole
          .split("\n")
          .filter(Boolean)
          .map((line) => parse(line).message.messageId),
      );
    } finally {
      await file.close();
    }
  }

  /** Synced before it returns. */
  async append(copied: readonly CopiedMessage[]): Promise<void> {
    if (copied.length === 0) return;
    const file = await open(join(this.path, LINES), "a");
    try {
      await file.writeFile(copied.map((one) => `${JSON.stringify(one)}\n`).join(""));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async *read(): AsyncGenerator<CopiedMessage> {
    const input = createReadStream(join(this.path, LINES));
    try {
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
        if (line !== "") yield parse(line);
    } finally {
      input.destroy();
    }
  }

  /** Reads everything back, and writes the manifest of what is right. Answers with the ids that are proven, and its hash. */
  async prove(
    about: Omit<CopyManifest, "copy" | "messages" | "files">,
    signal: AbortSignal,
  ): Promise<{ proven: Map<number, string | null>; sha256: string }> {
    const proven = new Map<number, string | null>();
    const files: CopiedFile[] = [];
    for await (const { message, file } of this.read()) {
      signal.throwIfAborted();
      if (file && !(await this.holds(file))) continue;
      if (file) files.push(file);
      proven.set(message.messageId, file ? join(this.path, file.path) : null);
    }
    const lines = await contentOf(join(this.path, LINES));
    const manifest: CopyManifest = {
      copy: 1,
      ...about,
      messages: proven.size,
      files: [{ path: LINES, ...lines }, ...files],
    };
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    const draft = await open(join(this.path, `${MANIFEST}.part`), "w");
    try {
      await draft.writeFile(text);
      await draft.sync();
    } finally {
      await draft.close();
    }
    await rename(join(this.path, `${MANIFEST}.part`), join(this.path, MANIFEST));
    return { proven, sha256: createHash("sha256").update(text).digest("hex") };
  }

  /** Still the copy that was proven: the manifest by its hash, the messages by theirs, every file by its size. */
  async isWhole(manifestSha256: string): Promise<boolean> {
    try {
      const text = await readFile(join(this.path, MANIFEST));
      if (createHash("sha256").update(text).digest("hex") !== manifestSha256) return false;
      const { files } = JSON.parse(text.toString("utf8")) as CopyManifest;
      for (const file of files) {
        const found = await stat(join(this.path, file.path));
        if (!found.isFile() || found.size !== file.bytes) return false;
      }
      const [lines] = files;
      return lines !== undefined && (await this.holds(lines));
    } catch {
      return false;
    }
  }

  async holds({ path, bytes, sha256 }: CopiedFile): Promise<boolean> {
    try {
      const found = await contentOf(join(this.path, path));
      return found.bytes === bytes && found.sha256 === sha256;
    } catch {
      return false;
    }
  }
}

export async function contentOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const { size } = await stat(path);
  await pipeline(createReadStream(path), hash);
  return { bytes: size, sha256: hash.digest("hex") };
}

function parse(line: string): CopiedMessage {
  const { message, file } = JSON.parse(line) as CopiedMessage;
  const { date, editedAt } = message;
  return { message: { ...message, date: new Date(date), editedAt: editedAt && new Date(editedAt) }, file };
}

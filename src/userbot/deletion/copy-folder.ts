/**
 * The copy of messages before they are deleted, an archive that any tool for Telegram Desktop's exports opens: result.json,
 * the files below media/, and a manifest with the SHA-256 of everything. Beside it messages.jsonl, one message a line with
 * all that is known of it: what /restore goes by. Only what was read back from the disk counts as copied.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { type ArchivedMessage, MANIFEST, type Manifest, writeResult, writeWhole } from "../../archive/index.ts";
import type { Chat, ChatId, Message } from "../../core/media.ts";

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

/** What a copy is of. */
export interface CopyAbout {
  deletion: string;
  number: number;
  chat: Pick<Chat, "chatId" | "type" | "title" | "username" | "isSelf" | "isBot">;
  createdAt: string;
  timeZone: string;
  /** In words. */
  filter: string | null;
}

/** That of an archive, and which deletion it was made for. Version 2.0.0-alpha had `files` of it alone. */
export interface CopyManifest extends Manifest {
  copy: 1;
  deletion: string;
  number: number;
  chatId: ChatId;
}

const LINES = "messages.jsonl";
const RESULT = "result.json";

export class CopyFolder {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }

  /** What an earlier attempt has written whole; a line that was cut off by a kill is taken away. */
  async begin(): Promise<Set<number>> {
    await mkdir(this.path, { recursive: true });
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

  /** Reads everything back, and writes result.json and the manifest of what is right. Answers with what is proven. */
  async prove(about: CopyAbout, signal: AbortSignal): Promise<{ proven: Map<number, string | null>; sha256: string }> {
    await this.#sort();
    const proven = new Map<number, string | null>();
    const files: CopiedFile[] = [];
    for await (const { message, file } of this.read()) {
      signal.throwIfAborted();
      if (file && !(await this.holds(file))) {
        await rm(join(this.path, file.path), { force: true });
        continue;
      }
      if (file) files.push(file);
      proven.set(message.messageId, file ? join(this.path, file.path) : null);
    }
    const ids = [...proven.keys()].sort((one, other) => one - other);
    const { chat, deletion, number, createdAt, timeZone, filter } = about;
    await writeResult(this.path, { ...chat, upTo: ids.at(-1) ?? 0 }, timeZone, this.#archived(proven));
    const own: CopiedFile[] = [];
    for (const path of [LINES, RESULT]) own.push({ path, ...(await contentOf(join(this.path, path))) });
    const span = { chatId: chat.chatId, messages: ids.length, firstId: ids[0] ?? null, lastId: ids.at(-1) ?? null };
    const manifest: CopyManifest = {
      archive: 1,
      copy: 1,
      id: deletion,
      deletion,
      number,
      chatId: chat.chatId,
      createdAt,
      format: "json",
      media: true,
      filter,
      timeZone,
      messages: ids.length,
      chats: [{ title: chat.title, ...span }],
      files: [...own, ...files],
    };
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await writeWhole(join(this.path, MANIFEST), text);
    return { proven, sha256: createHash("sha256").update(text).digest("hex") };
  }

  /** By their ids, as they stood in the chat: an attempt that was interrupted leaves some for the next one. */
  async #sort(): Promise<void> {
    const path = join(this.path, LINES);
    const text = await readFile(path, "utf8");
    const lines = text.split("\n").filter(Boolean);
    const ids = new Map(lines.map((line) => [line, parse(line).message.messageId]));
    const sorted = [...lines].sort((one, other) => ids.get(one)! - ids.get(other)!);
    if (sorted.some((line, at) => line !== lines[at])) await writeWhole(path, `${sorted.join("\n")}\n`);
  }

  async *#archived(proven: ReadonlyMap<number, string | null>): AsyncGenerator<ArchivedMessage> {
    for await (const { message, file } of this.read())
      if (proven.has(message.messageId))
        yield { message: { ...message, ...UNSTORED, retrievedAt: message.date }, place: file && { path: file.path } };
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
      const lines = files.find(({ path }) => path === LINES);
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

/** What only a row of the database knows. */
const UNSTORED = {
  status: "retrieved",
  retrievedHostname: "",
  downloadHostname: null,
  localFilePath: null,
  sha256: null,
  rootId: null,
} as const;

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

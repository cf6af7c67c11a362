/**
 * Which path belongs to which message, from the moment a download begins until its row is written.
 *
 * Kept in a small file too: a process that is killed between naming a whole file and recording it leaves a file of which
 * the next start must know that it is whole, and whose it is. Otherwise it would be fetched again, or taken for another.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { FileError } from "../core/errors.ts";
import { withSuffix } from "../core/filename.ts";
import type { MessageKey } from "../core/media.ts";
import { onDisk } from "./disk.ts";

/** Lines after which the file is written anew with what is still open. */
const REWRITE_AFTER = 2_000;
const MOST_NAMES = 1_000;

interface Line {
  key: string;
  /** Absent once the message is settled. */
  path?: string;
}

const keyOf = ({ chatId, messageId }: MessageKey) => `${chatId}:${messageId}`;

export class Destinations {
  readonly #root: string;
  readonly #journal: string;
  readonly #open = new Map<string, string>();
  readonly #taken = new Set<string>();
  #lines = 0;

  constructor(root: string, journal: string) {
    this.#root = resolve(root);
    this.#journal = journal;
    mkdirSync(dirname(journal), { recursive: true });
    for (const { key, path } of readLines(journal)) {
      if (path) this.#open.set(key, path);
      else this.#open.delete(key);
    }
    for (const path of this.#open.values()) this.#taken.add(fold(path));
    this.#rewrite();
  }

  /** The path this message was being saved to when the process ended, if it was. */
  left(message: MessageKey): string | null {
    return this.#open.get(keyOf(message)) ?? null;
  }

  /** A path below the root that is free, and from now on this message's alone. `wanted` has "/" between its steps. */
  async claim(message: MessageKey, wanted: string): Promise<string> {
    const mine = this.left(message);
    if (mine) return mine;
    for (let attempt = 0; attempt < MOST_NAMES; attempt++) {
      const path = this.#below(nameOf(wanted, message, attempt));
      if (this.#taken.has(fold(path))) continue;
      // Before looking at the disk, so that nobody else takes it meanwhile.
      this.#taken.add(fold(path));
      if (await exists(path)) {
        this.#taken.delete(fold(path));
        continue;
      }
      this.#open.set(keyOf(message), path);
      this.#write({ key: keyOf(message), path });
      return path;
    }
    throw new FileError(`There are too many files named like “${wanted}” already.`);
  }

  /** The row is written, or nothing will come of it: the path is the disk's business again. */
  settle(message: MessageKey): void {
    const path = this.left(message);
    if (!path) return;
    this.#open.delete(keyOf(message));
    this.#taken.delete(fold(path));
    this.#write({ key: keyOf(message) });
  }

  #below(relative: string): string {
    const path = resolve(this.#root, ...relative.split("/"));
    if (!path.startsWith(this.#root + sep)) throw new FileError("The file's name leads out of the download folder.");
    return path;
  }

  #write(line: Line): void {
    if (++this.#lines > REWRITE_AFTER) this.#rewrite();
    else appendFileSync(this.#journal, `${JSON.stringify(line)}\n`);
  }

  #rewrite(): void {
    const open = [...this.#open].map(([key, path]) => `${JSON.stringify({ key, path })}\n`);
    // Beside it first: a kill between emptying and filling would forget which files are whole.
    writeFileSync(`${this.#journal}.new`, open.join(""), { mode: 0o600 });
    renameSync(`${this.#journal}.new`, this.#journal);
    this.#lines = open.length;
  }
}

/** The name itself, then with the message's number, with the chat's too, and then counted. */
function nameOf(wanted: string, { chatId, messageId }: MessageKey, attempt: number): string {
  if (attempt === 0) return wanted;
  if (attempt === 1) return withSuffix(wanted, messageId);
  if (attempt === 2) return withSuffix(wanted, messageId, chatId);
  return withSuffix(wanted, messageId, attempt);
}

/** Many file systems take "A" and "a" for one name. */
const fold = (path: string) => path.normalize("NFC").toLowerCase();

async function exists(path: string): Promise<boolean> {
  try {
    await onDisk(() => lstat(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** A last line that was cut off by a power failure is no line. */
function readLines(path: string): Line[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}

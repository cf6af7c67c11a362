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

/** For whom a file is fetched: a start after a kill has to write down who fetched it. */
export interface Purpose {
  jobId: string;
  rootId: string;
}

interface Open {
  path: string;
  purpose?: Purpose;
}

interface Line extends Partial<Open> {
  /** With no path, the message is settled. */
  key: string;
}

export interface Left extends Open {
  message: MessageKey;
}

const keyOf = ({ chatId, messageId }: MessageKey) => `${chatId}:${messageId}`;

export class Destinations {
  readonly #root: string;
  readonly #journal: string;
  readonly #open = new Map<string, Open>();
  readonly #taken = new Set<string>();
  #lines = 0;

  constructor(root: string, journal: string) {
    this.#root = resolve(root);
    this.#journal = journal;
    mkdirSync(dirname(journal), { recursive: true });
    for (const { key, path, purpose } of readLines(journal)) {
      if (path) this.#open.set(key, { path, purpose });
      else this.#open.delete(key);
    }
    for (const { path } of this.#open.values()) this.#taken.add(fold(path));
    this.#rewrite();
  }

  /** The path this message was being saved to when the process ended, if it was. */
  left(message: MessageKey): string | null {
    return this.#open.get(keyOf(message))?.path ?? null;
  }

  /** All of them. */
  lefts(): Left[] {
    return [...this.#open].map(([key, open]) => {
      const [chatId, messageId] = key.split(":").map(Number);
      return { message: { chatId: chatId ?? 0, messageId: messageId ?? 0 }, ...open };
    });
  }

  /** A path below the root that is free, and from now on this message's alone. `wanted` has "/" between its steps. */
  async claim(message: MessageKey, wanted: string, purpose?: Purpose): Promise<string> {
    const mine = this.left(message);
    if (mine) {
      this.#note(message, { path: mine, purpose });
      return mine;
    }
    for (let attempt = 0; attempt < MOST_NAMES; attempt++) {
      const path = this.#below(nameOf(wanted, message, attempt));
      if (this.#taken.has(fold(path))) continue;
      // Before looking at the disk, so that nobody else takes it meanwhile.
      this.#taken.add(fold(path));
      if (await exists(path)) {
        this.#taken.delete(fold(path));
        continue;
      }
      this.#note(message, { path, purpose });
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

  #note(message: MessageKey, open: Open): void {
    this.#open.set(keyOf(message), open);
    this.#write({ key: keyOf(message), ...open });
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
    const open = [...this.#open].map(([key, one]) => `${JSON.stringify({ key, ...one })}\n`);
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

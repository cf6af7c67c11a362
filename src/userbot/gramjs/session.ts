/**
 * Who this machine is to Telegram: one key per data centre, in one file. Whoever holds it is the account, past its
 * password, so: 0600 in a folder of 0700, written whole or not at all, sealed where the owner gave a SESSION_KEY.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { FatalError } from "../../core/errors.ts";

interface DcKey {
  /** Base64 of 256 bytes. */
  key: string;
  /** This data centre knows the account behind the key. */
  authorized: boolean;
}

interface SessionData {
  version: 1;
  homeDc: number;
  /** Decimal digits; null until signed in. */
  userId: string | null;
  dcs: Record<string, DcKey>;
  /** Where it was made; absent in files of before there was this mark. */
  machine?: MachineMark;
}

/** Names a machine well enough to tell a copy of its session file. */
export interface MachineMark {
  /** MACHINE_NAME. */
  name: string;
  /** The system's own name, and the folder of the file on it. */
  host: string;
  folder: string;
}

interface Sealed {
  version: 1;
  sealed: "aes-256-gcm";
  salt: string;
  iv: string;
  tag: string;
  data: string;
}

const EMPTY = (homeDc: number): SessionData => ({ version: 1, homeDc, userId: null, dcs: {} });

export class Session {
  readonly #path: string;
  readonly #secret: string | null;
  readonly #firstDc: number;
  #data: SessionData;

  /** Reads the file where there is one. Throws FatalError where it cannot be opened. */
  constructor(path: string, secret: string | null, firstDc: number) {
    this.#path = path;
    this.#secret = secret;
    this.#firstDc = firstDc;
    this.#data = read(path, secret) ?? EMPTY(firstDc);
  }

  get homeDc(): number {
    return this.#data.homeDc;
  }

  get userId(): string | null {
    return this.#data.userId;
  }

  keyOf(dcId: number): Buffer | null {
    const entry = this.#data.dcs[dcId];
    return entry ? Buffer.from(entry.key, "base64") : null;
  }

  isAuthorized(dcId: number): boolean {
    return this.#data.dcs[dcId]?.authorized === true;
  }

  setKey(dcId: number, key: Buffer): void {
    this.#data.dcs[dcId] = { key: key.toString("base64"), authorized: false };
  }

  dropKey(dcId: number): void {
    delete this.#data.dcs[dcId];
  }

  setAuthorized(dcId: number, authorized: boolean): void {
    const entry = this.#data.dcs[dcId];
    if (entry) entry.authorized = authorized;
  }

  /** Signing in may happen at another data centre than the first one tried. */
  moveHome(dcId: number): void {
    this.#data.homeDc = dcId;
  }

  signedIn(userId: string): void {
    this.#data.userId = userId;
    this.setAuthorized(this.homeDc, true);
  }

  save(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const plain = JSON.stringify(this.#data);
    const draft = `${this.#path}.${process.pid}.new`;
    const file = openSync(draft, "w", 0o600);
    try {
      writeSync(file, this.#secret === null ? plain : JSON.stringify(seal(plain, this.#secret)));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.#path);
  }

  /** Null where no mark was made yet. */
  get machine(): MachineMark | null {
    return this.#data.machine ?? null;
  }

  /** Keeps the mark, where it is another one than before. */
  belongTo({ name, host, folder }: MachineMark): void {
    const now = JSON.stringify({ name, host, folder });
    if (JSON.stringify(this.#data.machine) === now) return;
    this.#data.machine = { name, host, folder };
    this.save();
  }

  /** Begins anew, in memory: the file stays what it was until `save`. */
  reset(): void {
    this.#data = EMPTY(this.#firstDc);
  }

  /** Forgets everything, on disk too. */
  remove(): void {
    this.#data = EMPTY(this.#firstDc);
    rmSync(this.#path, { force: true });
  }
}

/**
 * Throws where the file was made on another machine. A machine that was renamed keeps system and folder, one that was
 * moved keeps its name.
 */
export function refuseCopy({ machine: made }: Session, here: MachineMark): void {
  if (!made || made.name === here.name || (made.host === here.host && made.folder === here.folder)) return;
  throw new FatalError(
    `The session file was copied from the machine “${made.name}” and is not used here, since Telegram ends a session that is used from two places (AUTH_KEY_DUPLICATED): log in on this machine with npm run login. If this is the same machine under a new name, set MACHINE_NAME=${made.name}.`,
    "COPIED_SESSION",
  );
}

/** Changes whenever the file does: how a worker notices a new login. Null where there is none. */
export function sessionStamp(path: string): string | null {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino}:${mtimeMs}:${size}`;
  } catch {
    return null;
  }
}

function read(path: string, secret: string | null): SessionData | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new FatalError(`The session file ${path} cannot be read: give this user the right to.`, "CONFIG", {
      cause: error,
    });
  }
  let content: SessionData | Sealed;
  try {
    content = JSON.parse(text) as SessionData | Sealed;
  } catch (cause) {
    throw damaged(path, cause);
  }
  if (!("sealed" in content)) return content.version === 1 ? content : null;
  if (secret === null)
    throw new FatalError(`The session file ${path} is encrypted: set the SESSION_KEY it was made with.`, "CONFIG");
  try {
    return JSON.parse(unseal(content, secret)) as SessionData;
  } catch (cause) {
    throw new FatalError(
      `The session file ${path} does not open with this SESSION_KEY: set the one it was made with, or log in again.`,
      "CONFIG",
      { cause },
    );
  }
}

function damaged(path: string, cause: unknown): FatalError {
  return new FatalError(
    `The session file ${path} is damaged: remove it and log in again with npm run login.`,
    "CONFIG",
    {
      cause,
    },
  );
}

function seal(plain: string, secret: string): Sealed {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", scryptSync(secret, salt, 32), iv);
  const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const text = (bytes: Buffer) => bytes.toString("base64");
  return {
    version: 1,
    sealed: "aes-256-gcm",
    salt: text(salt),
    iv: text(iv),
    tag: text(cipher.getAuthTag()),
    data: text(data),
  };
}

function unseal({ salt, iv, tag, data }: Sealed, secret: string): string {
  const bytes = (text: string) => Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", scryptSync(secret, bytes(salt), 32), bytes(iv));
  decipher.setAuthTag(bytes(tag));
  return Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString("utf8");
}

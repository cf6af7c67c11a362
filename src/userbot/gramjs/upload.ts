/** Brings a file's bytes to Telegram, in parts and several at once; what it is sent as is somebody else's. */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import { FileError } from "../../core/errors.ts";
import type { Caller } from "./caller.ts";
import { randomId } from "./random-id.ts";

/** Up to here Telegram wants a file in small form, with its MD5. */
const SMALL_BYTES = 10 * 1024 * 1024;
const KIB = 1024;
/** Small parts keep a slow line moving; large files need large ones, for there may be 4000 parts (Premium: 8000). */
const PART_SIZES = [128 * KIB, 256 * KIB, 512 * KIB];
const PARTS_WISHED = 2_000;
const LARGEST_PART = 512 * KIB;
const PARTS_ALLOWED = { plain: 4_000, premium: 8_000 };
const IN_FLIGHT = 4;
const DEADLINE_MS = 90_000;

export interface UploadOptions {
  /** The same one names the same upload. */
  key: string;
  path: string;
  fileName: string;
  premium: boolean;
  signal: AbortSignal;
  onBytes: (count: number) => void;
}

export interface Upload {
  file: Api.TypeInputFile;
  size: number;
  /** Telegram says that it has lost a part, or with null all of them: brings them again. */
  repair(part: number | null): Promise<void>;
}

export async function uploadFile(caller: Caller, options: UploadOptions): Promise<Upload> {
  const { path, fileName, premium, key } = options;
  const before = await sizeOf(path);
  const { size } = before;
  if (size === 0) throw new FileError("Telegram takes no empty files.");
  const longest = LARGEST_PART * (premium ? PARTS_ALLOWED.premium : PARTS_ALLOWED.plain);
  if (size > longest)
    throw new FileError(`Telegram takes files up to ${longest / 1024 ** 3 >= 3 ? 4 : 2} GB; this one is larger.`);
  const partBytes = PART_SIZES.find((bytes) => size / bytes <= PARTS_WISHED) ?? LARGEST_PART;
  const parts = Math.ceil(size / partBytes);
  const id = randomId(`upload:${key}:${path}:${size}:${before.changedAt}`);
  const small = size <= SMALL_BYTES;
  const md5 = await sendParts(caller, id, { ...options, size, partBytes, parts: range(parts) });
  const after = await sizeOf(path);
  if (after.size !== size || after.changedAt !== before.changedAt)
    throw new FileError("The file changed while it was being sent.");
  const file = small
    ? new Api.InputFile({ id, parts, name: fileName, md5Checksum: md5 })
    : new Api.InputFileBig({ id, parts, name: fileName });
  return {
    file,
    size,
    repair: async (part) => {
      const again = part === null ? range(parts) : [part];
      await sendParts(caller, id, { ...options, onBytes: () => {}, size, partBytes, parts: again });
    },
  };
}

async function sendParts(
  caller: Caller,
  fileId: bigInt.BigInteger,
  given: UploadOptions & { size: number; partBytes: number; parts: number[] },
): Promise<string> {
  const { path, size, partBytes, parts, signal, onBytes } = given;
  const fileTotalParts = Math.ceil(size / partBytes);
  const small = size <= SMALL_BYTES;
  const md5 = createHash("md5");
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const file = await open(path, "r");
  const waiting = [...parts];
  let reading: Promise<unknown> = Promise.resolve();
  /** The hash wants the bytes in order, so that parts are read one after another and sent side by side. */
  const next = (): Promise<{ filePart: number; bytes: Buffer } | null> => {
    const turn = reading.then(async () => {
      const filePart = waiting.shift();
      if (filePart === undefined) return null;
      const offset = filePart * partBytes;
      const bytes = await readExactly(file, offset, Math.min(partBytes, size - offset));
      if (small) md5.update(bytes);
      return { filePart, bytes };
    });
    reading = turn.catch(() => {});
    return turn;
  };
  const lane = async () => {
    for (let part = await next(); part; part = await next()) {
      const { filePart, bytes } = part;
      const request = small
        ? new Api.upload.SaveFilePart({ fileId, filePart, bytes })
        : new Api.upload.SaveBigFilePart({ fileId, filePart, fileTotalParts, bytes });
      await caller.call(request, { signal: stop, lane: "files", deadlineMs: DEADLINE_MS });
      onBytes(bytes.length);
    }
  };
  try {
    let failure: { error: unknown } | null = null;
    const note = (error: unknown) => {
      failure ??= { error };
      failed.abort(error);
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, parts.length) }, () => lane().catch(note)));
    if (failure) throw (failure as { error: unknown }).error;
    return md5.digest("hex");
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) throw new FileError("The file became shorter while it was being sent.");
    at += bytesRead;
  }
  return bytes;
}

async function sizeOf(path: string): Promise<{ size: number; changedAt: number }> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (cause) {
    throw new FileError("The file is not on this disk (any more).", { cause });
  }
  try {
    const about = await file.stat();
    if (!about.isFile()) throw new FileError("What lies there is no file.");
    return { size: about.size, changedAt: about.mtimeMs };
  } finally {
    await file.close();
  }
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

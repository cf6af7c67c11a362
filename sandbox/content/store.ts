import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { hash64, mix, seedOf } from "../world/random.ts";
import type { FileStore, WorldClock, WorldFile } from "../world/types.ts";
import type { Form } from "./form.ts";
import { documentForm } from "./forms.ts";
import { pictureForm, pictureSize } from "./pictures.ts";

/** Finds files that are computed from a chat's seed and so never were put anywhere. */
export type FindFile = (fileId: bigint) => WorldFile | null;

const PROFILE_BIT = 1n << 60n;
const chunk = 1024 * 1024;

/** Bytes, access hashes and references of every file. */
export class SeededFiles implements FileStore {
  #seed: number;
  #clock: WorldClock;
  #find: FindFile;
  #known = new Map<bigint, WorldFile>();
  #forms = new Map<string, Form>();
  #hashes = new Map<string, Promise<string>>();
  #uploads = 0;
  #epoch = 0;
  /** Seconds a reference lives. */
  referenceLifetime = 3 * 3600;

  constructor(seed: number, clock: WorldClock, find: FindFile) {
    this.#seed = seed;
    this.#clock = clock;
    this.#find = find;
  }

  get(fileId: bigint): WorldFile | null {
    const known = this.#known.get(fileId);
    if (known) return known;
    if ((fileId & PROFILE_BIT) !== 0n) return this.profilePhoto(Number(BigInt.asIntN(60, fileId)));
    return this.#find(fileId);
  }

  /** Makes the file findable by id. */
  keep(file: WorldFile): WorldFile {
    this.#known.set(file.id, file);
    return file;
  }

  add(bytes: Uint8Array, kind: "photo" | "document", mimeType: string): WorldFile {
    const seed = seedOf("upload", this.#seed, ++this.#uploads);
    const id = BigInt.asUintN(59, hash64("upload", this.#seed, this.#uploads)) | 1n;
    const size = bytes.length;
    const sizes = kind === "photo" ? [{ type: "x" as const, width: 800, height: 600, bytes: size }] : [];
    return this.keep({ id, kind, seed, size, dcId: 2, mimeType, date: this.#clock.now(), sizes, bytes });
  }

  profilePhoto(peerId: number): WorldFile {
    const id = BigInt.asUintN(60, BigInt(peerId)) | PROFILE_BIT;
    const known = this.#known.get(id);
    if (known) return known;
    const seed = seedOf("profile", peerId);
    const sizes = photoSizes(9000 + (mix(seed, 1) % 4000));
    const size = sizes.at(-1)?.bytes ?? 0;
    return this.keep({ id, kind: "photo", seed, size, dcId: 2, mimeType: "image/jpeg", date: 1_600_000_000, sizes });
  }

  length(file: WorldFile, size?: string): number | null {
    if (!size) return file.size;
    return file.sizes.find((one) => one.type === size)?.bytes ?? null;
  }

  read(file: WorldFile, offset: number, length: number, size?: string): Uint8Array {
    const total = this.length(file, size) ?? 0;
    const end = Math.min(total, offset + length);
    if (offset >= end) return new Uint8Array(0);
    if (file.bytes) return file.bytes.subarray(offset, end);
    const form = this.#formOf(file, size);
    const tailStart = Math.max(form.head.length, total - form.tail.length);
    const parts: Uint8Array[] = [];
    if (offset < form.head.length) parts.push(form.head.subarray(offset, end));
    const from = Math.max(offset, form.head.length);
    const to = Math.min(end, tailStart);
    if (from < to) parts.push(form.fill(from - form.head.length, to - from));
    if (end > tailStart) {
      const at = Math.max(offset, tailStart) - tailStart;
      parts.push(form.tail.subarray(at, end - tailStart));
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  #formOf(file: WorldFile, size?: string): Form {
    const key = `${file.id}:${size ?? ""}`;
    let form = this.#forms.get(key);
    if (form) return form;
    const picture = size
      ? file.sizes.find((one) => one.type === size)
      : file.kind === "photo"
        ? file.sizes.at(-1)
        : null;
    form = picture
      ? pictureForm(file.seed, picture.width, picture.height)
      : documentForm(file.seed, file.size, file.mimeType);
    if (this.#forms.size >= 256) this.#forms.delete(this.#forms.keys().next().value ?? "");
    this.#forms.set(key, form);
    return form;
  }

  sha256(file: WorldFile, size?: string): Promise<string> {
    const key = `${file.seed}:${file.size}:${file.id}:${size ?? ""}`;
    let hash = this.#hashes.get(key);
    if (!hash) {
      hash = this.#digest(file, size);
      if (this.#hashes.size >= 100_000) this.#hashes.clear();
      this.#hashes.set(key, hash);
    }
    return hash;
  }

  async #digest(file: WorldFile, size?: string): Promise<string> {
    const hash = createHash("sha256");
    const total = this.length(file, size) ?? 0;
    for (let offset = 0, turn = 1; offset < total; offset += chunk, turn++) {
      hash.update(this.read(file, offset, chunk, size));
      if (turn % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return hash.digest("hex");
  }

  accessHash(accountId: number, file: WorldFile): bigint {
    return hash64("file", this.#seed, accountId, file.id);
  }

  reference(accountId: number, file: WorldFile): Uint8Array {
    return this.#sign(accountId, file, this.#epoch, this.#clock.now());
  }

  #sign(accountId: number, file: WorldFile, epoch: number, time: number): Buffer {
    const body = Buffer.alloc(9);
    body.writeUInt8(1);
    body.writeUInt32BE(epoch, 1);
    body.writeUInt32BE(time >>> 0, 5);
    const mac = createHmac("sha256", `reference:${this.#seed}`)
      .update(`${accountId}:${file.id}:`)
      .update(body)
      .digest();
    return Buffer.concat([body, mac.subarray(0, 16)]);
  }

  checkReference(accountId: number, file: WorldFile, reference: Uint8Array): "ok" | "expired" | "invalid" {
    if (reference.length !== 25) return "invalid";
    const given = Buffer.from(reference);
    const epoch = given.readUInt32BE(1);
    const time = given.readUInt32BE(5);
    if (!timingSafeEqual(given, this.#sign(accountId, file, epoch, time))) return "invalid";
    return epoch < this.#epoch || this.#clock.now() - time > this.referenceLifetime ? "expired" : "ok";
  }

  expireReferences(): void {
    this.#epoch++;
  }
}

/** The sizes of a photo whose largest has so many bytes, each a real picture of that size. */
export function photoSizes(bytes: number): WorldFile["sizes"] {
  const [width, height] = pictureSize(bytes);
  const whole = { width, height, bytes };
  const small = (type: "m" | "x", share: number, most: number) => {
    const size = Math.max(900, Math.min(most, Math.floor(bytes * share)));
    const [w, h] = pictureSize(size);
    return { type, width: w, height: h, bytes: size };
  };
  if (bytes < 2500) return [{ type: "m", ...whole }];
  if (bytes < 40_000) return [small("m", 0.3, 9000), { type: "x", ...whole }];
  return [small("m", 0.1, 9000), small("x", 0.4, 60_000), { type: "y", ...whole }];
}

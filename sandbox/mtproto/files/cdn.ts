import { createCipheriv, randomBytes } from "node:crypto";
import type { World } from "../../world/types.ts";
import { sha256 } from "../crypto/hash.ts";
import type { Located } from "./locations.ts";

const HASHED = 128 * 1024;

interface CdnFile extends Located {
  key: Buffer;
  iv: Buffer;
}

/** Files handed over to a CDN: bytes encrypted once for all, each piece vouched for by a hash. */
export class Cdn {
  readonly #world: World;
  readonly #files = new Map<string, CdnFile>();

  constructor(world: World) {
    this.#world = world;
  }

  offer(located: Located): { token: Buffer; key: Buffer; iv: Buffer } {
    const token = randomBytes(16);
    const key = randomBytes(32);
    const iv = randomBytes(16);
    this.#files.set(token.toString("hex"), { ...located, key, iv });
    return { token, key, iv };
  }

  find(token: Buffer): CdnFile | undefined {
    return this.#files.get(token.toString("hex"));
  }

  /** The counter of AES-CTR goes on by one for each block of the file. */
  read(file: CdnFile, offset: number, limit: number): Buffer {
    const iv = Buffer.from(file.iv);
    iv.writeUInt32BE(offset / 16, 12);
    const plain = this.#world.content.read(file.file, offset, limit, file.size);
    return createCipheriv("aes-256-ctr", file.key, iv).update(plain);
  }
}

/** Hashes of the pieces of the mebibyte that begins at the offset. */
export function hashesFrom(
  world: World,
  { file, size }: Located,
  offset: number,
): { offset: number; hash: Buffer; limit: number }[] {
  const hashes: { offset: number; hash: Buffer; limit: number }[] = [];
  const end = Math.min(offset + 8 * HASHED, world.content.length(file, size) ?? 0);
  for (let at = offset; at < end; at += HASHED) {
    const bytes = world.content.read(file, at, HASHED, size);
    hashes.push({ offset: at, limit: bytes.length, hash: sha256(bytes) });
  }
  return hashes;
}

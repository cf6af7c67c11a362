import { randomBytes } from "node:crypto";
import type { StoredKey } from "../../world/types.ts";
import { sha1 } from "../crypto/hash.ts";

/** How long a salt is good for, and for how long it is taken after that. */
const SALT_SECONDS = 3600;
const GRACE_SECONDS = 1800;

export interface Salt {
  since: number;
  until: number;
  salt: bigint;
}

/** A key that a client and one data centre share. */
export class AuthKey {
  readonly bytes: Buffer;
  readonly id: bigint;
  /** 16 hex digits, as they stand on the wire. */
  readonly hex: string;
  readonly dcId: number;
  /** Unix seconds after which a temporary key is refused; null for permanent keys. */
  readonly expiresAt: number | null;
  /** The permanent key that a temporary one speaks for, once bound. */
  boundTo: AuthKey | null = null;
  /** The layer its client speaks; 0 until it said so. Lasts for the key, not for the session. */
  layer: number;
  /** What the world keeps; null for temporary keys. */
  readonly stored: StoredKey | null;
  #salts: Salt[] = [];

  constructor(bytes: Buffer, dcId: number, expiresAt: number | null, stored: StoredKey | null) {
    this.bytes = bytes;
    this.dcId = dcId;
    this.expiresAt = expiresAt;
    this.stored = stored;
    this.layer = stored?.layer ?? 0;
    const id = authKeyId(bytes);
    this.id = id.readBigInt64LE();
    this.hex = id.toString("hex");
  }

  /** The record of the login this key speaks for; null for a temporary key that is not bound. */
  get login(): StoredKey | null {
    return this.stored ?? this.boundTo?.stored ?? null;
  }

  firstSalt(salt: bigint, now: number): void {
    this.#salts = [{ since: now, until: now + SALT_SECONDS, salt }];
  }

  /** The salt to be used now, and the following ones, at most `count`. */
  salts(now: number, count: number): Salt[] {
    const current = this.#salts.filter((salt) => salt.until > now);
    while (current.length < Math.max(1, count)) {
      const since = current.at(-1)?.until ?? now;
      current.push({ since, until: since + SALT_SECONDS, salt: randomBytes(8).readBigInt64LE() });
    }
    this.#salts = [...this.#salts.filter((salt) => salt.until <= now && salt.until > now - GRACE_SECONDS), ...current];
    return current.slice(0, Math.max(1, count));
  }

  currentSalt(now: number): bigint {
    return this.salts(now, 1)[0]!.salt;
  }

  /** Future salts are taken too: the client's clock may be a little ahead. */
  knowsSalt(salt: bigint, now: number): boolean {
    return this.#salts.some((known) => known.salt === salt && known.until > now - GRACE_SECONDS);
  }

  /** From now on no salt given out is good. */
  dropSalts(): void {
    this.#salts = [];
  }
}

export function authKeyId(bytes: Buffer): Buffer {
  return sha1(bytes).subarray(12, 20);
}

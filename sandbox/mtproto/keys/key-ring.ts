import type { StoredKey, World } from "../../world/types.ts";
import type { NewKey } from "../handshake/handshake.ts";
import { AuthKey, authKeyId } from "./auth-key.ts";

/** Every key the data centres know. Permanent ones live in the world, temporary ones here. */
export class KeyRing {
  readonly #world: World;
  readonly #keys = new Map<bigint, AuthKey>();

  constructor(world: World) {
    this.#world = world;
  }

  add(made: NewKey, dcId: number): AuthKey {
    const now = this.#world.clock.now();
    const stored = made.expiresIn === null ? newRecord(made.bytes, dcId, now) : null;
    if (stored) this.#world.keys.put(stored);
    const key = new AuthKey(made.bytes, dcId, made.expiresIn === null ? null : now + made.expiresIn, stored);
    key.firstSalt(made.salt, now);
    this.#keys.set(key.id, key);
    return key;
  }

  /** Null for a key unknown at this data centre, forgotten or expired. */
  find(id: bigint, dcId: number): AuthKey | null {
    const key = this.#keys.get(id) ?? this.#load(id);
    if (!key || key.dcId !== dcId) return null;
    if (key.expiresAt !== null && key.expiresAt < this.#world.clock.now()) {
      this.#keys.delete(id);
      return null;
    }
    if (key.stored && !this.#world.keys.get(key.hex)) {
      this.#keys.delete(id);
      return null;
    }
    return key;
  }

  forget(key: AuthKey): void {
    this.#keys.delete(key.id);
    if (key.stored) this.#world.keys.remove(key.hex);
  }

  /** Writes down what changed in the login that a key speaks for. */
  save(login: StoredKey): void {
    this.#world.keys.put(login);
  }

  /** All permanent keys of the login with this hash: one for each data centre it was taken to. */
  ofLogin(loginHash: string): StoredKey[] {
    const same = this.#world.keys.all().filter((key) => key.loginHash === loginHash);
    return same.map((key) => this.#live(key));
  }

  /** A key of which only the record is at hand speaks for nobody any more. */
  signOutStored(record: StoredKey): void {
    const stored = this.#live(record);
    stored.accountId = null;
    stored.loginHash = "0";
    this.save(stored);
  }

  /** The record that a key in use changes, which may be another object than the one the world lists. */
  #live(record: StoredKey): StoredKey {
    return this.#keys.get(Buffer.from(record.authKeyId, "hex").readBigInt64LE())?.stored ?? record;
  }

  #load(id: bigint): AuthKey | null {
    const wire = Buffer.alloc(8);
    wire.writeBigInt64LE(id);
    const stored = this.#world.keys.get(wire.toString("hex"));
    if (!stored) return null;
    const key = new AuthKey(Buffer.from(stored.authKey, "hex"), stored.dcId, null, stored);
    this.#keys.set(id, key);
    return key;
  }
}

function newRecord(bytes: Buffer, dcId: number, now: number): StoredKey {
  return {
    authKeyId: authKeyId(bytes).toString("hex"),
    authKey: bytes.toString("hex"),
    dcId,
    accountId: null,
    createdAt: now,
    activeAt: now,
    apiId: 0,
    device: "",
    platform: "",
    systemVersion: "",
    appVersion: "",
    loginHash: "0",
    layer: 0,
    passwordPending: false,
  };
}

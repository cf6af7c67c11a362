import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { KeyStore, StoredKey } from "./types.ts";

/** Auth keys in memory, and in a file where one is named, so that a login outlives the process. */
export class FileKeys implements KeyStore {
  #file: string | null;
  #keys = new Map<string, StoredKey>();
  #serverKey: string | null = null;

  constructor(file: string | null) {
    this.#file = file;
    if (!file || !existsSync(file)) return;
    const saved = JSON.parse(readFileSync(file, "utf8")) as { serverKey: string | null; keys: StoredKey[] };
    this.#serverKey = saved.serverKey;
    for (const key of saved.keys) this.#keys.set(key.authKeyId, key);
  }

  get(authKeyId: string): StoredKey | null {
    return this.#keys.get(authKeyId) ?? null;
  }
  /** Keeps this very object, so that whoever holds it sees a sign-out. */
  put(key: StoredKey): void {
    this.#keys.set(key.authKeyId, key);
    this.#save();
  }
  remove(authKeyId: string): void {
    if (this.#keys.delete(authKeyId)) this.#save();
  }
  all(): StoredKey[] {
    return [...this.#keys.values()];
  }
  serverKey(make: () => string): string {
    if (this.#serverKey === null) {
      this.#serverKey = make();
      this.#save();
    }
    return this.#serverKey;
  }

  #save(): void {
    if (!this.#file) return;
    const text = JSON.stringify({ serverKey: this.#serverKey, keys: this.all() });
    writeFileSync(`${this.#file}.new`, text, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

import type { WorldClock } from "../../world/types.ts";
import type { AuthKey } from "../keys/auth-key.ts";
import type { MessageIds } from "../wire/message-ids.ts";
import { Session } from "./session.ts";

/** The sessions of every key. */
export class Sessions {
  readonly #byKey = new Map<bigint, Map<bigint, Session>>();
  readonly #ids: MessageIds;
  readonly #clock: WorldClock;

  constructor(ids: MessageIds, clock: WorldClock) {
    this.#ids = ids;
    this.#clock = clock;
  }

  /** The session, and whether it was made just now. */
  open(key: AuthKey, id: bigint): { session: Session; isNew: boolean } {
    let ofKey = this.#byKey.get(key.id);
    if (!ofKey) {
      ofKey = new Map();
      this.#byKey.set(key.id, ofKey);
    }
    const known = ofKey.get(id);
    if (known) return { session: known, isNew: false };
    const session = new Session(id, key, this.#ids, () => this.#clock.now());
    ofKey.set(id, session);
    return { session, isNew: true };
  }

  find(key: AuthKey, id: bigint): Session | undefined {
    return this.#byKey.get(key.id)?.get(id);
  }

  close(session: Session): void {
    session.stopUpdates?.();
    session.stopUpdates = null;
    session.connection = null;
    this.#byKey.get(session.key.id)?.delete(session.id);
  }

  *all(): Iterable<Session> {
    for (const ofKey of this.#byKey.values()) yield* ofKey.values();
  }

  /** Ends every session of the keys that match, and cuts their connections. */
  drop(matches: (key: AuthKey) => boolean): void {
    for (const session of [...this.all()]) {
      if (!matches(session.key)) continue;
      const connection = session.connection;
      this.close(session);
      connection?.close();
    }
  }
}

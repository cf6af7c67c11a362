/**
 * A login takes a second of arithmetic on both sides. Tests that are about something else do it once a file: what the
 * data centre and the client keep of it is carried into the next world.
 */
import type { StoredKey } from "../../sandbox/world/types.ts";
import type { MtprotoWorld } from "./mtproto-world.ts";

/** `login` really logs in, and answers with what the client keeps. */
export function sharedLogin<Kept, On extends MtprotoWorld>(
  login: (on: On) => Promise<Kept>,
): (on: On) => Promise<Kept> {
  let shared: { kept: Kept; keys: StoredKey[] } | null = null;
  return async (on) => {
    if (shared) {
      for (const key of shared.keys) on.world.keys.put({ ...key });
    } else {
      const kept = await login(on);
      shared = { kept, keys: on.world.keys.all().map((key) => ({ ...key })) };
    }
    return shared.kept;
  };
}

import type { Backend } from "../backend.ts";
import type { AuthKey } from "../keys/auth-key.ts";

/** Signs out one key, or the whole login on all data centres. Keys stay known, they only speak for nobody. */
export function signOut(backend: Backend, key: AuthKey, what: "key" | "login"): void {
  const login = key.login;
  if (!login) return;
  const hash = login.loginHash;
  const gone = what === "login" && hash !== "0" ? backend.ring.ofLogin(hash) : [login];
  for (const stored of gone) {
    stored.accountId = null;
    stored.loginHash = "0";
    stored.passwordPending = false;
    backend.ring.save(stored);
  }
  const ids = new Set(gone.map((stored) => stored.authKeyId));
  for (const session of backend.sessions.all()) {
    if (!ids.has(session.key.login?.authKeyId ?? "")) continue;
    session.stopUpdates?.();
    session.stopUpdates = null;
  }
}

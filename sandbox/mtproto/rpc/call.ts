import type { TlObject, TlValue } from "../../tl/value.ts";
import type { AccountView, StoredKey, World } from "../../world/types.ts";
import { Refusal } from "../../world/types.ts";
import type { Backend } from "../backend.ts";
import type { Connection } from "../connection.ts";
import type { AuthKey } from "../keys/auth-key.ts";
import type { Session } from "../session/session.ts";

/** One call of a method, with all that a method may want to know about the caller. */
export interface Call {
  readonly backend: Backend;
  readonly world: World;
  readonly connection: Connection;
  readonly session: Session;
  readonly key: AuthKey;
  readonly dcId: number;
  readonly messageId: bigint;
  /** Set by invokeWithTakeout. */
  takeoutId: bigint | null;
  /** Set by invokeWithMessagesRange. */
  range: { minId: number; maxId: number } | null;
  /** A fault asks for this part to be fetched from a CDN. */
  wantsCdn: boolean;
  /** Bytes of file content in the answer, for the journal. */
  fileBytes: number;
}

/** Answers with a plain object, a vector (array), true or false, written in the layer of the caller. */
export type Method = (request: TlObject, call: Call) => TlValue | Promise<TlValue>;

/** An error of the API with Telegram's own code and name. */
export function refuse(code: number, message: string): never {
  throw new Refusal(code, message);
}

/** The login that the caller's key speaks for. */
export function loginOf(call: Call): StoredKey {
  return call.key.login ?? refuse(401, "AUTH_KEY_PERM_EMPTY");
}

/** The world through the caller's eyes; refuses those who are not signed in. */
export function me(call: Call): AccountView {
  const login = loginOf(call);
  if (login.accountId === null)
    refuse(401, login.passwordPending ? "SESSION_PASSWORD_NEEDED" : "AUTH_KEY_UNREGISTERED");
  return call.world.as(login.accountId);
}

export function now(call: Call): number {
  return call.world.clock.now();
}

import { randomBytes } from "node:crypto";
import type { AuthKey } from "../keys/auth-key.ts";
import { refuse } from "../rpc/call.ts";
import type { Session } from "../session/session.ts";

const TOKEN_SECONDS = 30;

interface LoginToken {
  key: AuthKey;
  session: Session;
  expires: number;
  /** Who let it in, from a device that is signed in. */
  acceptedBy: number | null;
}

/** Logins by QR code. */
export class LoginTokens {
  readonly #tokens = new Map<string, LoginToken>();

  /** The token this key shows now; an accepted one stays, others are made anew. */
  show(key: AuthKey, session: Session, now: number): { bytes: Buffer; token: LoginToken } {
    for (const [hex, token] of this.#tokens) {
      if (token.key !== key) continue;
      if (token.acceptedBy !== null) return { bytes: Buffer.from(hex, "hex"), token };
      this.#tokens.delete(hex);
    }
    const bytes = randomBytes(32);
    const token = { key, session, expires: now + TOKEN_SECONDS, acceptedBy: null };
    this.#tokens.set(bytes.toString("hex"), token);
    return { bytes, token };
  }

  accept(bytes: Buffer, accountId: number, now: number): LoginToken {
    const token = this.#tokens.get(bytes.toString("hex"));
    if (!token) refuse(400, "AUTH_TOKEN_INVALID");
    if (token.expires < now) refuse(400, "AUTH_TOKEN_EXPIRED");
    if (token.acceptedBy !== null) refuse(400, "AUTH_TOKEN_ALREADY_ACCEPTED");
    token.acceptedBy = accountId;
    return token;
  }

  /** Who accepted it; the token is used up. */
  redeem(bytes: Buffer, now: number): number {
    const hex = bytes.toString("hex");
    const token = this.#tokens.get(hex);
    if (!token) refuse(400, "AUTH_TOKEN_INVALID");
    if (token.acceptedBy === null && token.expires < now) refuse(400, "AUTH_TOKEN_EXPIRED");
    if (token.acceptedBy === null) refuse(400, "AUTH_TOKEN_INVALID");
    this.#tokens.delete(hex);
    return token.acceptedBy;
  }
}

import { randomBytes } from "node:crypto";
import type { TlObject } from "../../tl/value.ts";
import type { WorldAccount } from "../../world/types.ts";
import { type Call, loginOf, refuse } from "../rpc/call.ts";
import { shapeUser } from "../shapes/users.ts";
import { heedUpdates } from "../updates/push.ts";

/** The key speaks for the account from now on; who has a password must give it first. */
export function signIn(call: Call, account: WorldAccount): TlObject {
  const login = loginOf(call);
  if (account.password !== null) {
    login.passwordPending = true;
    call.backend.ring.save(login);
    call.backend.logins.awaitPassword(login.authKeyId, account.userId);
    refuse(401, "SESSION_PASSWORD_NEEDED");
  }
  return letIn(call, account.userId);
}

export function letIn(call: Call, accountId: number, loginHash?: string): TlObject {
  const login = loginOf(call);
  login.accountId = accountId;
  login.loginHash = loginHash ?? String(randomBytes(8).readBigInt64LE());
  login.passwordPending = false;
  login.activeAt = call.world.clock.now();
  call.backend.ring.save(login);
  call.backend.logins.passwordGiven(login.authKeyId);
  heedUpdates(call.backend, call.session);
  const view = call.world.as(accountId);
  return { _: "auth.authorization", user: shapeUser(call.world, view, accountId) };
}

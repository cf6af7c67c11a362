import { bytesOf, idOf, intOf, longOf, objectOf, type TlObject, textOf } from "../../tl/value.ts";
import { bindTemporaryKey } from "../keys/bind.ts";
import { letIn, signIn } from "../login/sign-in.ts";
import { signOut } from "../login/sign-out.ts";
import { type Call, loginOf, type Method, me, now, refuse } from "../rpc/call.ts";
import { pushTo } from "../updates/push.ts";

function digits(phone: string): string {
  return phone.replace(/\D/g, "");
}

function checkApi(request: TlObject, call: Call): void {
  const known = intOf(request, "api_id") === call.world.apiId && textOf(request, "api_hash") === call.world.apiHash;
  if (!known) refuse(400, "API_ID_INVALID");
}

function sendCode(phone: string, call: Call): TlObject {
  if (!/^\d{7,15}$/.test(phone)) refuse(406, "PHONE_NUMBER_INVALID");
  const account = call.world.accountByPhone(phone);
  if (account && account.homeDc !== call.dcId) refuse(303, `PHONE_MIGRATE_${account.homeDc}`);
  return {
    _: "auth.sentCode",
    type: { _: "auth.sentCodeTypeApp", length: account?.code.length ?? 5 },
    phone_code_hash: call.backend.logins.sendCode(phone),
    timeout: 120,
  };
}

/** Answers to whom a QR code was shown: in, to the other data centre, or the code itself. */
function tokenResult(accountId: number, token: Buffer, call: Call): TlObject {
  const account = call.world.account(accountId)!;
  if (account.homeDc !== call.dcId) return { _: "auth.loginTokenMigrateTo", dc_id: account.homeDc, token };
  call.backend.tokens.redeem(token, now(call));
  return { _: "auth.loginTokenSuccess", authorization: signIn(call, account) };
}

export const authMethods: Record<string, Method> = {
  "auth.sendCode": (request, call) => {
    checkApi(request, call);
    return sendCode(digits(textOf(request, "phone_number")), call);
  },
  "auth.resendCode": (request, call) => {
    if (!call.backend.logins.cancelCode(textOf(request, "phone_code_hash"))) refuse(400, "PHONE_CODE_EXPIRED");
    return sendCode(digits(textOf(request, "phone_number")), call);
  },
  "auth.cancelCode": (request, call) => call.backend.logins.cancelCode(textOf(request, "phone_code_hash")),
  "auth.signIn": (request, call) => {
    const phone = digits(textOf(request, "phone_number"));
    call.backend.logins.checkCode(phone, textOf(request, "phone_code_hash"), textOf(request, "phone_code"));
    const account = call.world.accountByPhone(phone);
    return account ? signIn(call, account) : { _: "auth.authorizationSignUpRequired" };
  },
  // New accounts are made on phones only.
  "auth.signUp": () => refuse(400, "PHONE_NUMBER_INVALID"),
  "auth.checkPassword": (request, call) => {
    const login = loginOf(call);
    const accountId = call.backend.logins.awaitedBy(login.authKeyId) ?? login.accountId;
    if (accountId === null) refuse(401, "AUTH_KEY_UNREGISTERED");
    const given = objectOf(request, "password");
    if (given?._ !== "inputCheckPasswordSRP") refuse(400, "PASSWORD_HASH_INVALID");
    call.backend.logins.checkPassword(accountId, longOf(given, "srp_id"), bytesOf(given, "A"), bytesOf(given, "M1"));
    return letIn(call, accountId);
  },
  "auth.importBotAuthorization": (request, call) => {
    checkApi(request, call);
    const account = call.world.accountByToken(textOf(request, "bot_auth_token"));
    if (!account) refuse(400, "ACCESS_TOKEN_INVALID");
    if (account.homeDc !== call.dcId) refuse(303, `USER_MIGRATE_${account.homeDc}`);
    return letIn(call, account.userId);
  },
  "auth.exportLoginToken": (request, call) => {
    checkApi(request, call);
    const { bytes, token } = call.backend.tokens.show(call.key, call.session, now(call));
    if (token.acceptedBy !== null) return tokenResult(token.acceptedBy, bytes, call);
    return { _: "auth.loginToken", expires: token.expires, token: bytes };
  },
  "auth.importLoginToken": (request, call) => {
    const account = call.world.account(call.backend.tokens.redeem(bytesOf(request, "token"), now(call)))!;
    return { _: "auth.loginTokenSuccess", authorization: signIn(call, account) };
  },
  "auth.acceptLoginToken": (request, call) => {
    const accepted = call.backend.tokens.accept(bytesOf(request, "token"), me(call).id, now(call));
    pushTo(accepted.session, { _: "updateShort", update: { _: "updateLoginToken" }, date: now(call) });
    return { _: "authorization", hash: 0n, date_created: now(call), date_active: now(call) };
  },
  "auth.logOut": (_request, call) => {
    signOut(call.backend, call.key, "login");
    return { _: "auth.loggedOut" };
  },
  "auth.exportAuthorization": (request, call) => {
    const view = me(call);
    const dcId = intOf(request, "dc_id");
    if (dcId === call.dcId || !call.backend.dcs.some((dc) => dc.id === dcId)) refuse(400, "DC_ID_INVALID");
    const bytes = call.backend.logins.exportTo(dcId, view.id, loginOf(call).loginHash);
    return { _: "auth.exportedAuthorization", id: view.id, bytes };
  },
  "auth.importAuthorization": (request, call) => {
    const ticket = call.backend.logins.import(call.dcId, idOf(request, "id"), bytesOf(request, "bytes"));
    return letIn(call, ticket.accountId, ticket.loginHash);
  },
  "auth.bindTempAuthKey": (request, call) => {
    bindTemporaryKey(call.backend, call.key, call.session, request);
    return true;
  },
  "auth.dropTempAuthKeys": () => true,
  "auth.resetAuthorizations": (_request, call) => {
    const view = me(call);
    const own = loginOf(call).loginHash;
    for (const key of call.world.keys.all()) {
      if (key.accountId === view.id && key.loginHash !== own) call.backend.ring.signOutStored(key);
    }
    return true;
  },
};

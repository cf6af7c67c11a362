import { randomBytes } from "node:crypto";
import { flagOf, longOf, objectOf } from "../../tl/value.ts";
import type { StoredKey } from "../../world/types.ts";
import { DH_G, DH_PRIME } from "../crypto/dh.ts";
import { type Call, loginOf, type Method, me, refuse } from "../rpc/call.ts";

function authorization(stored: StoredKey, own: boolean) {
  return {
    _: "authorization",
    current: own,
    password_pending: stored.passwordPending,
    hash: own ? 0n : BigInt(stored.loginHash),
    device_model: stored.device,
    platform: stored.platform,
    system_version: stored.systemVersion,
    api_id: stored.apiId,
    app_name: "Telegram Utilities",
    app_version: stored.appVersion,
    date_created: stored.createdAt,
    date_active: stored.activeAt,
    ip: "127.0.0.1",
    country: "Loopback",
    region: "",
  };
}

/** One record for each login, that of its home data centre. */
function loginsOf(call: Call, accountId: number): StoredKey[] {
  const byHash = new Map<string, StoredKey>();
  for (const key of call.world.keys.all()) {
    if (key.accountId === accountId && !byHash.has(key.loginHash)) byHash.set(key.loginHash, key);
  }
  return [...byHash.values()];
}

export const accountMethods: Record<string, Method> = {
  "account.getPassword": (_request, call) => {
    const login = loginOf(call);
    const accountId = login.accountId ?? call.backend.logins.awaitedBy(login.authKeyId);
    if (accountId === null) refuse(401, "AUTH_KEY_UNREGISTERED");
    const account = call.world.account(accountId)!;
    const algorithm = {
      _: "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow",
      salt1: randomBytes(8),
      salt2: randomBytes(16),
      g: DH_G,
      p: DH_PRIME,
    };
    const answer = {
      _: "account.password",
      new_algo: algorithm,
      new_secure_algo: {
        _: "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000",
        salt: randomBytes(8),
      },
      secure_random: randomBytes(256),
    };
    if (account.password === null) return answer;
    const challenge = call.backend.logins.challenge(accountId, account.password);
    return {
      ...answer,
      has_password: true,
      current_algo: { ...algorithm, salt1: challenge.salt1, salt2: challenge.salt2 },
      srp_B: challenge.serverPublic,
      srp_id: challenge.id,
      hint: account.passwordHint || undefined,
    };
  },
  "account.getAuthorizations": (_request, call) => {
    const view = me(call);
    const own = loginOf(call).loginHash;
    return {
      _: "account.authorizations",
      authorization_ttl_days: 180,
      authorizations: loginsOf(call, view.id).map((stored) => authorization(stored, stored.loginHash === own)),
    };
  },
  "account.resetAuthorization": (request, call) => {
    const view = me(call);
    const hash = String(longOf(request, "hash"));
    const gone = call.world.keys.all().filter((key) => key.accountId === view.id && key.loginHash === hash);
    if (hash === "0" || gone.length === 0) refuse(400, "HASH_INVALID");
    for (const key of gone) call.backend.ring.signOutStored(key);
    return true;
  },
  "account.updateStatus": () => true,
  "account.registerDevice": () => true,
  "account.unregisterDevice": () => true,
  "account.getNotifySettings": () => ({ _: "peerNotifySettings" }),
  "account.updateNotifySettings": () => true,
  "account.getNotifyExceptions": (_request, call) => ({
    _: "updates",
    updates: [],
    users: [],
    chats: [],
    date: call.world.clock.now(),
    seq: 0,
  }),
  "account.getPrivacy": () => ({ _: "account.privacyRules", rules: [{ _: "privacyValueAllowAll" }] }),
  "account.getGlobalPrivacySettings": () => ({ _: "globalPrivacySettings" }),
  "account.getContentSettings": () => ({ _: "account.contentSettings" }),
  "account.getAccountTTL": () => ({ _: "accountDaysTTL", days: 365 }),
  "account.getAuthorizationForm": () => refuse(400, "METHOD_INVALID"),
  "account.getThemes": () => ({ _: "account.themes", hash: 1n, themes: [] }),
  "account.getDefaultEmojiStatuses": () => ({ _: "account.emojiStatuses", hash: 1n, statuses: [] }),
  "account.getReactionsNotifySettings": () => ({
    _: "reactionsNotifySettings",
    sound: { _: "notificationSoundDefault" },
    show_previews: true,
  }),
  "account.initTakeoutSession": (_request, call) => {
    const view = me(call);
    return { _: "account.takeout", id: call.backend.takeouts.open(view.id) };
  },
  "account.finishTakeoutSession": (request, call) => {
    if (call.takeoutId === null) refuse(403, "TAKEOUT_REQUIRED");
    if (flagOf(request, "success")) call.backend.takeouts.close(call.takeoutId);
    return true;
  },
  "account.setPrivacy": (request) => {
    if (!objectOf(request, "key")) refuse(400, "PRIVACY_KEY_INVALID");
    return { _: "account.privacyRules", rules: [{ _: "privacyValueAllowAll" }] };
  },
};

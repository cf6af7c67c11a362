/**
 * Signing in by a QR code: a phone that is signed in scans it and asks its owner. No number, no code, and no limit of
 * codes a day. The password of two-step verification is asked for here all the same.
 */
import { Api } from "telegram/tl/index.js";
import { UserError } from "../../core/errors.ts";
import type { GramjsOptions } from "./client.ts";
import { faultOf } from "./errors.ts";
import { anew, checkPassword, type LoggedIn, type LoginAnswers, type LoginCaller, userOf } from "./login.ts";

export interface QrScreen extends Pick<LoginAnswers, "password" | "note"> {
  /** Draws the link as a QR code in place of the one before, which is good for nothing any more. */
  show(link: string): void;
}

/** So long somebody may look for the phone; each code lives for about half a minute. */
const GIVE_UP_MS = 5 * 60_000;

/** Signs in and writes the session file like `login`. Throws UserError, RetryLaterError. */
export async function loginByQr(options: GramjsOptions, screen: QrScreen, signal: AbortSignal): Promise<LoggedIn> {
  const scanned = new EventTarget();
  const onUpdate = (update: unknown) => {
    if (saysScanned(update)) scanned.dispatchEvent(new Event("scanned"));
  };
  return anew({ ...options, onUpdate }, signal, async (ask) => {
    try {
      return await untilScanned(ask, options, screen, scanned, signal);
    } catch (error) {
      if (faultOf(error)?.text === "SESSION_PASSWORD_NEEDED") return checkPassword(ask, screen);
      throw error;
    }
  });
}

async function untilScanned(
  ask: LoginCaller,
  { apiId, apiHash }: GramjsOptions,
  screen: QrScreen,
  scanned: EventTarget,
  signal: AbortSignal,
): Promise<Api.User> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (let shown = ""; Date.now() < giveUpAt; ) {
    // Listened for before it is asked, so that nothing is missed between the two.
    const stop = new AbortController();
    const word = heard(scanned, stop.signal);
    try {
      const answer = await ask.call(new Api.auth.ExportLoginToken({ apiId, apiHash, exceptIds: [] }));
      if (!(answer instanceof Api.auth.LoginToken)) return await letIn(ask, answer);
      const link = `tg://login?token=${Buffer.from(answer.token).toString("base64url")}`;
      if (link !== shown) screen.show(link);
      shown = link;
      const lifeMs = Math.max(1_000, answer.expires * 1_000 - Date.now());
      await Promise.race([
        word,
        passed(Math.min(lifeMs, giveUpAt - Date.now()), AbortSignal.any([signal, stop.signal])),
      ]);
      signal.throwIfAborted();
    } finally {
      stop.abort();
    }
  }
  throw new UserError("Nobody has scanned the code: start the login again when the phone is at hand.");
}

/** Somebody has scanned it and said yes: here, or at the data centre where that account lives. */
async function letIn(ask: LoginCaller, answer: Api.auth.TypeLoginToken): Promise<Api.User> {
  if (answer instanceof Api.auth.LoginTokenSuccess) return userOf(answer.authorization);
  if (!(answer instanceof Api.auth.LoginTokenMigrateTo)) throw new UserError("Telegram did not say who signed in.");
  ask.moveHome(answer.dcId);
  const there = await ask.call(new Api.auth.ImportLoginToken({ token: answer.token }));
  if (there instanceof Api.auth.LoginTokenSuccess) return userOf(there.authorization);
  throw new UserError("Telegram did not say who signed in: try again.");
}

function saysScanned(update: unknown): boolean {
  if (update instanceof Api.UpdateShort) return update.update instanceof Api.UpdateLoginToken;
  if (update instanceof Api.Updates || update instanceof Api.UpdatesCombined)
    return update.updates.some((one) => one instanceof Api.UpdateLoginToken);
  return false;
}

const heard = (scanned: EventTarget, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => scanned.addEventListener("scanned", () => resolve(), { once: true, signal }));

const passed = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });

/**
 * Signing in, by phone, code and password. Where the answers come from is the caller's matter: a terminal, a page, a
 * script. The account's own floods are told, never slept through and never tried again.
 */
import { computeCheck } from "telegram/Password.js";
import { Api } from "telegram/tl/index.js";
import { UserError } from "../../core/errors.ts";
import type { CallOptions } from "./caller.ts";
import { Connection, type GramjsOptions } from "./client.ts";
import { faultOf, migrationOf } from "./errors.ts";
import { inPlainWords, noAccount } from "./login-words.ts";
import { userName, usernameOf } from "./peers.ts";

/** Where Telegram says it has put the code. */
export interface CodeDelivery {
  to: "app" | "sms" | "call" | "missed-call" | "email" | "fragment" | "unknown";
  digits: number | null;
  /** The code may be sent in another way after so many seconds. */
  nextAfterSeconds: number | null;
}

export interface LoginAnswers {
  phone(): Promise<string>;
  code(delivery: CodeDelivery): Promise<string>;
  /** The hint may be empty. */
  password(hint: string): Promise<string>;
  /** What has to be said in between: a wrong code, a wrong password. */
  note(sentence: string): void;
}

export interface LoggedIn {
  id: number;
  name: string;
  username: string | null;
}

const TRIES = 3;

/** Signs in and writes the session file; an earlier session in it is replaced. Throws UserError, RetryLaterError. */
export async function login(options: GramjsOptions, answers: LoginAnswers, signal: AbortSignal): Promise<LoggedIn> {
  return anew(options, signal, async (ask) => {
    const phone = (await answers.phone()).replace(/[^\d+]/g, "");
    if (phone.replace("+", "").length < 5) throw new UserError("That is no phone number: write it like +491701234567.");
    const sent = await ask.sendCode(phone, options);
    return signIn(ask, phone, sent, answers);
  });
}

/** Whoever `signIn` lets in becomes the session; where it fails, the earlier one stays. */
export async function anew(
  options: GramjsOptions,
  signal: AbortSignal,
  signIn: (ask: LoginCaller) => Promise<Api.User>,
): Promise<LoggedIn> {
  const connection = new Connection(options);
  const { session, caller } = connection;
  try {
    // A new key of its own: the old one may be what Telegram has ended.
    session.reset();
    const user = await signIn(new LoginCaller(connection, signal));
    session.signedIn(user.id.toString());
    session.save();
    if (options.machine) session.belongTo(options.machine);
    return { id: user.id.toJSNumber(), name: userName(user), username: usernameOf(user) };
  } finally {
    caller.onWait = null;
    await connection.close();
  }
}

/** Ends the session at Telegram and forgets it here. */
export async function logout(options: GramjsOptions, signal: AbortSignal): Promise<void> {
  const connection = new Connection(options);
  try {
    if (connection.session.userId !== null)
      await connection.caller.call(new Api.auth.LogOut(), { signal, impatient: true });
  } finally {
    connection.session.remove();
    await connection.close();
  }
}

export class LoginCaller {
  readonly #connection: Connection;
  readonly #options: CallOptions;

  constructor(connection: Connection, signal: AbortSignal) {
    this.#connection = connection;
    this.#options = { signal, impatient: true };
  }

  /** Asks for the code, at the data centre where the account lives. */
  async sendCode(phone: string, { apiId, apiHash }: GramjsOptions): Promise<Api.auth.SentCode> {
    for (let moves = 0; ; moves++) {
      try {
        const settings = new Api.CodeSettings({});
        const sent = await this.call(new Api.auth.SendCode({ phoneNumber: phone, apiId, apiHash, settings }));
        if (sent instanceof Api.auth.SentCode) return sent;
        throw new UserError("Telegram wants this login to be made in its own app: try again later.");
      } catch (error) {
        const fault = faultOf(error);
        const elsewhere = fault && migrationOf(fault);
        if (!elsewhere || moves >= 3) throw error;
        this.moveHome(elsewhere);
      }
    }
  }

  /** The account lives at another data centre: asked from now on. */
  moveHome(dcId: number): void {
    this.#connection.session.moveHome(dcId);
  }

  async call<R extends Api.AnyRequest>(request: R): Promise<R["__response"]> {
    try {
      return await this.#connection.caller.call(request, this.#options);
    } catch (error) {
      throw inPlainWords(error);
    }
  }
}

async function signIn(
  ask: LoginCaller,
  phone: string,
  sent: Api.auth.SentCode,
  answers: LoginAnswers,
): Promise<Api.User> {
  for (let attempt = 1; ; attempt++) {
    const phoneCode = (await answers.code(deliveryOf(sent))).replace(/\D/g, "");
    try {
      const request = new Api.auth.SignIn({ phoneNumber: phone, phoneCodeHash: sent.phoneCodeHash, phoneCode });
      return userOf(await ask.call(request));
    } catch (error) {
      const refusal = faultOf(error)?.text;
      if (refusal === "SESSION_PASSWORD_NEEDED") return checkPassword(ask, answers);
      const wrong = refusal === "PHONE_CODE_INVALID" || refusal === "PHONE_CODE_EMPTY";
      if (!wrong || attempt >= TRIES) throw error;
      answers.note("That code is not right. Look again, and do not forward or copy it inside Telegram.");
    }
  }
}

/** Asks for the password of two-step verification, three times at most. */
export async function checkPassword(
  ask: LoginCaller,
  answers: Pick<LoginAnswers, "password" | "note">,
): Promise<Api.User> {
  for (let attempt = 1; ; attempt++) {
    const state = await ask.call(new Api.account.GetPassword());
    const password = await computeCheck(state, await answers.password(state.hint ?? ""));
    try {
      return userOf(await ask.call(new Api.auth.CheckPassword({ password })));
    } catch (error) {
      const refusal = faultOf(error)?.text;
      // The SRP numbers were for another attempt: nothing was wrong with the password.
      if (refusal === "SRP_ID_INVALID" && attempt < TRIES) continue;
      if (refusal !== "PASSWORD_HASH_INVALID" || attempt >= TRIES) throw error;
      answers.note("That password is not right.");
    }
  }
}

export function userOf(authorization: Api.auth.TypeAuthorization): Api.User {
  if (authorization instanceof Api.auth.AuthorizationSignUpRequired) throw noAccount();
  const { user } = authorization;
  if (user instanceof Api.User) return user;
  throw new UserError("Telegram did not say who signed in: try again.");
}

function deliveryOf({ type, timeout }: Api.auth.SentCode): CodeDelivery {
  const to =
    type instanceof Api.auth.SentCodeTypeApp
      ? "app"
      : type instanceof Api.auth.SentCodeTypeSms
        ? "sms"
        : type instanceof Api.auth.SentCodeTypeCall || type instanceof Api.auth.SentCodeTypeFlashCall
          ? "call"
          : type instanceof Api.auth.SentCodeTypeMissedCall
            ? "missed-call"
            : type instanceof Api.auth.SentCodeTypeEmailCode
              ? "email"
              : type instanceof Api.auth.SentCodeTypeFragmentSms
                ? "fragment"
                : "unknown";
  return { to, digits: "length" in type ? type.length : null, nextAfterSeconds: timeout ?? null };
}

/**
 * Signing in, by phone, code and password. Where the answers come from is the caller's matter: a terminal, a page, a
 * script. The account's own floods are told, never slept through and never tried again.
 */
import { computeCheck } from "telegram/Password.js";
import { Api } from "telegram/tl/index.js";
import { RetryLaterError, UserError } from "../../core/errors.ts";
import type { CallOptions } from "./caller.ts";
import { Connection, type GramjsOptions } from "./client.ts";
import { faultOf, migrationOf } from "./errors.ts";
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
  const connection = new Connection(options);
  const { session, caller } = connection;
  try {
    // A new key of its own: the old one may be what Telegram has ended.
    session.reset();
    const ask = new LoginCaller(connection, signal);
    const phone = (await answers.phone()).replace(/[^\d+]/g, "");
    if (phone.replace("+", "").length < 5) throw new UserError("That is no phone number: write it like +491701234567.");
    const sent = await ask.sendCode(phone, options);
    const user = await signIn(ask, phone, sent, answers);
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

class LoginCaller {
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
        this.#connection.session.moveHome(elsewhere);
      }
    }
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

async function checkPassword(ask: LoginCaller, answers: LoginAnswers): Promise<Api.User> {
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

function userOf(authorization: Api.auth.TypeAuthorization): Api.User {
  if (authorization instanceof Api.auth.AuthorizationSignUpRequired) throw noAccount();
  const { user } = authorization;
  if (user instanceof Api.User) return user;
  throw new UserError("Telegram did not say who signed in: try again.");
}

const noAccount = (cause?: unknown) =>
  new UserError("There is no Telegram account for this number: sign up in Telegram's own app first.", { cause });

const SENTENCES: readonly [RegExp, string][] = [
  [
    /^PHONE_NUMBER_INVALID$/,
    "Telegram knows no such phone number: write it with the country's code, like +491701234567.",
  ],
  [/^PHONE_NUMBER_BANNED$/, "Telegram has banned this phone number: write to recover@telegram.org."],
  [/^PHONE_CODE_(INVALID|EMPTY)$/, "The code was wrong three times: start the login again for a new one."],
  [
    /^PHONE_CODE_EXPIRED$/,
    "The code is no longer good, as happens when it is forwarded or copied in Telegram: start the login again for a new one.",
  ],
  [
    /^PASSWORD_HASH_INVALID$/,
    "The password was wrong three times: make sure of it in Telegram, then start the login again.",
  ],
  [
    /^(PHONE_PASSWORD_FLOOD|PHONE_NUMBER_FLOOD)$/,
    "Too many logins were tried with this number: wait a day, then try again.",
  ],
];

function inPlainWords(error: unknown): unknown {
  const fault = faultOf(error);
  if (error instanceof RetryLaterError) {
    if (!fault) return error;
    const at = error.at.toISOString().slice(0, 16).replace("T", " ");
    return new RetryLaterError(
      `Telegram asks to wait with logins until ${at} UTC: try again then.`,
      error.at,
      error.reason,
      {
        cause: fault,
      },
    );
  }
  if (!fault) return error;
  if (fault.text === "PHONE_NUMBER_UNOCCUPIED") return noAccount(fault);
  const [, sentence] = SENTENCES.find(([pattern]) => pattern.test(fault.text)) ?? [];
  return sentence ? new UserError(sentence, { cause: fault }) : error;
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

/** What Telegram refuses at a login, in words that say what to do. */
import { RetryLaterError, UserError } from "../../core/errors.ts";
import { faultOf } from "./errors.ts";

export const noAccount = (cause?: unknown) =>
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

export function inPlainWords(error: unknown): unknown {
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

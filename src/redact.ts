/** Keeps secrets out of everything that leaves the process as text: log lines, error sentences, reports. */

/** Bot tokens stand in the URLs of grammY's errors. */
const BOT_TOKEN = /(?<!\d)\d{5,}:[A-Za-z0-9_-]{25,}/g;
/** user:password@ of any address. */
const LOGIN_IN_URL = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*):[^\s/@"]+@/gi;
/** International numbers; people and Telegram write them with a plus. */
const PHONE = /\+\d[\d ()-]{5,16}\d/g;
/** Saved sessions and authorization keys: nothing else that is logged is one word of this length. */
const LONG_KEY = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/=_-]{300,}/g;
const SECRET_FIELD =
  /"(phone|phone_?number|phone_?code|login_?code|password|api_?hash|bot_?token|token|session|session_?key|auth_?key|access_?hash|file_?reference)":\s*("(?:[^"\\]|\\.)*"|-?\d+)/gi;
/** A shorter secret would be found inside innocent words; the patterns above know where it stands. */
const SHORTEST = 8;

export interface Redactor {
  /** From now on this text is hidden too, such as a phone number that was just typed. */
  hide(secret: string): void;
  redact(text: string): string;
}

/** `secrets` are hidden wherever they stand, as they are, as JSON writes them and as an address writes them. */
export function createRedactor(secrets: readonly string[] = []): Redactor {
  const hidden = new Set<string>();
  const hide = (secret: string) => {
    if (secret.length < SHORTEST) return;
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) hidden.add(form);
  };
  for (const secret of secrets) hide(secret);
  return {
    hide,
    redact(text) {
      for (const secret of hidden) text = text.replaceAll(secret, "[hidden]");
      return text
        .replace(BOT_TOKEN, "[bot token]")
        .replace(LOGIN_IN_URL, "$1:[password]@")
        .replace(SECRET_FIELD, '"$1":"[hidden]"')
        .replace(PHONE, "[phone]")
        .replace(LONG_KEY, "[key]");
    },
  };
}

/** The two ways to Telegram: replies are tried again, progress edits are not. */
import { autoRetry } from "@grammyjs/auto-retry";
import { Api, type ApiClientOptions, HttpError, type Transformer } from "grammy";
import type { Logger } from "pino";

/** Long polling asks Telegram to hold the line for 30 s; whatever takes longer than this hangs. */
const TIMEOUT_SECONDS = 50;
const NETWORK_PAUSES_MS = [1_000, 3_000];

export const clientOptions = (botApiRoot: string): ApiClientOptions => ({
  apiRoot: botApiRoot.replace(/\/+$/, ""),
  timeoutSeconds: TIMEOUT_SECONDS,
});

/** Links in names and paths shall not grow pictures below our messages. */
export const withoutPreviews: Transformer = (call, method, payload, signal) => {
  if (method === "sendMessage" || method === "editMessageText") {
    return call(method, { link_preview_options: { is_disabled: true }, ...payload }, signal);
  }
  return call(method, payload, signal);
};

/** Says once that Telegram cannot be reached, and once that it can again. grammY itself tries on in silence. */
export function watchedLine(log: Logger): Transformer {
  let away = false;
  return async (call, method, payload, signal) => {
    try {
      const answer = await call(method, payload, signal);
      if (away) log.info("Telegram's Bot API can be reached again.");
      away = false;
      return answer;
    } catch (error) {
      if (!away && error instanceof HttpError && !signal?.aborted) {
        away = true;
        // The error itself is not logged: its address holds the token.
        log.warn({ method }, "Telegram's Bot API cannot be reached; trying on.");
      }
      throw error;
    }
  };
}

/** grammY's own loop tries these again; a typing sign that came late would be wrong. */
const NOT_RETRIED = new Set(["getUpdates", "getMe", "deleteWebhook", "sendChatAction", "answerCallbackQuery"]);

/** auto-retry with its limits set; it would repeat network failures for ever, so those are counted here. */
export function patientReplies(): Transformer {
  const retry = autoRetry({ maxDelaySeconds: 60, maxRetryAttempts: 3, rethrowHttpErrors: true });
  return async (call, method, payload, signal) => {
    if (NOT_RETRIED.has(method)) return call(method, payload, signal);
    for (const pause of NETWORK_PAUSES_MS) {
      try {
        return await retry(call, method, payload, signal);
      } catch (error) {
        if (!(error instanceof HttpError) || signal?.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return retry(call, method, payload, signal);
  };
}

/** For cards and end messages: their sender keeps the latest state and its own clock. */
export function impatientApi(token: string, botApiRoot: string): Api {
  const api = new Api(token, clientOptions(botApiRoot));
  api.config.use(withoutPreviews);
  return api;
}

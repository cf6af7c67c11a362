/** Asks the account whether a message of the bot's stands in the chat, since bots cannot read what they have sent. */
import type { Logger } from "pino";
import { type Ask, StoppedError } from "./ask.ts";
import type { WasSeen } from "./endings.ts";

/** The message waits for the answer. */
const WITHIN_MS = 10_000;

export function seenByAccount(ask: Ask, botName: () => string, log: Logger): WasSeen {
  return async (text, since, title) => {
    try {
      const payload = { to: `@${botName()}`, text, since: since.toISOString() };
      const { found } = await ask("told", payload, { title, timeoutMs: WITHIN_MS });
      return found;
    } catch (error) {
      if (error instanceof StoppedError) throw error;
      log.debug({ err: error }, "The account could not look whether a message has arrived.");
      return false;
    }
  };
}

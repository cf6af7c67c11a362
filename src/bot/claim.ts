/** Without OWNER_ID the bot belongs to whoever opens the one-time link from the server's log first. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Logger } from "pino";
import type { SettingsRepository } from "../db/db.ts";

const VALID_MS = 10 * 60_000;
export const OWNER = "owner";

export interface Claim {
  /** True for the first one to bring the right link in time; remembers the owner. */
  tryClaim(userId: number, text: string): Promise<boolean>;
  /** Says the link in the log; call once the bot's name is known. */
  offer(botName: string): void;
}

export function createClaim(deps: {
  settings: SettingsRepository;
  log: Logger;
  now: () => Date;
  onClaimed: (ownerId: number) => void;
}): Claim {
  const secret = randomBytes(16).toString("base64url");
  let validUntil = 0;
  return {
    offer(botName) {
      validUntil = deps.now().getTime() + VALID_MS;
      deps.log.warn(
        { link: `https://t.me/${botName}?start=claim_${secret}`, minutes: VALID_MS / 60_000 },
        "No OWNER_ID is set: open this link in Telegram within 10 minutes to make the bot yours. Restart for a new one.",
      );
    },
    async tryClaim(userId, text) {
      const given = /^\/start(?:@\w+)?\s+claim_([A-Za-z0-9_-]{1,64})$/.exec(text.trim())?.[1];
      if (!given || deps.now().getTime() >= validUntil || !sameSecret(given, secret)) return false;
      // Used up before the first await, so that a second tap finds nothing.
      validUntil = 0;
      await deps.settings.remember(OWNER, userId);
      deps.onClaimed(userId);
      return true;
    },
  };
}

function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

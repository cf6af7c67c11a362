/** For what would be answered wrongly from the little that a machine keeps at home. */
import { RetryLaterError } from "../core/errors.ts";
import type { BotContext } from "./context.ts";

const TRY_AGAIN_MS = 10_000;

/** Throws the sentence where the shared database is away. */
export async function needDatabase({ services }: BotContext, sentence: string): Promise<void> {
  const { db, now } = services;
  if ((await db.status()).awaySince === null) return;
  throw new RetryLaterError(sentence, new Date(now().getTime() + TRY_AGAIN_MS), "DATABASE");
}

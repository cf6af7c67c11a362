/**
 * What the account sends into the chat arrives as the owner's own message, and must not be taken for a wish. Numbers
 * differ between the two sides, so it is known again by when it was first written, or by its name and size.
 */
import type { Message } from "grammy/types";
import type { StoredMessage } from "../../core/media.ts";
import type { SettingsRepository } from "../../db/db.ts";

const MEMORY = "expected-from-account";
const FOR_MS = 2 * 60 * 60_000;

interface Expected {
  until: number;
  /** Unix seconds. */
  writtenAt: number;
  size: number | null;
}

export async function expectFromAccount(
  settings: SettingsRepository,
  { date, media }: StoredMessage,
  now: Date,
): Promise<void> {
  const open = await stillOpen(settings, now);
  const one = { until: now.getTime() + FOR_MS, writtenAt: Math.floor(date.getTime() / 1000), size: media.size };
  await settings.remember(MEMORY, [...open, one]);
}

/** True once for each message that was expected. */
export async function isExpected(settings: SettingsRepository, message: Message, now: Date): Promise<boolean> {
  const file = message.document ?? message.video ?? message.audio ?? message.voice ?? message.animation;
  if (!message.forward_origin && !file && !message.photo) return false;
  const open = await stillOpen(settings, now);
  const fits = ({ writtenAt, size }: Expected) =>
    message.forward_origin ? message.forward_origin.date === writtenAt : size !== null && file?.file_size === size;
  const index = open.findIndex(fits);
  if (index < 0) return false;
  await settings.remember(MEMORY, open.toSpliced(index, 1));
  return true;
}

async function stillOpen(settings: SettingsRepository, now: Date): Promise<Expected[]> {
  const all = (await settings.recall<Expected[]>(MEMORY)) ?? [];
  return all.filter(({ until }) => until > now.getTime());
}

/** What Telegram lets this account delete, and for whom it then vanishes. The rules of the official clients, pure. */
import type { DeletionEffect, DeletionReason } from "./deletion.ts";
import type { Chat, Message } from "./media.ts";

/** The account's standing in a chat, asked afresh for every preview and every run. */
export interface ChatRights {
  /** Still in it. */
  present: boolean;
  /** Creator, or an admin who may delete what others wrote. */
  deleteAny: boolean;
  /** May post in the name of the channel. */
  post: boolean;
  /** Seconds after which a message cannot be taken back from others; null for no limit. */
  revokeWithin: number | null;
}

export type Verdict = { possible: true; effect: DeletionEffect } | { possible: false; reason: DeletionReason };

const DAY_S = 86_400;
const no = (reason: DeletionReason): Verdict => ({ possible: false, reason });
const yes = (effect: DeletionEffect): Verdict => ({ possible: true, effect });

export function verdictOn(
  message: Message,
  chat: Pick<Chat, "type" | "isSelf">,
  rights: ChatRights,
  wish: { everyone: boolean; now: Date },
): Verdict {
  if (message.service !== null) return no("service");
  if (!rights.present) return no("not-member");
  const age = (wish.now.getTime() - message.date.getTime()) / 1000;
  switch (chat.type) {
    case "channel":
      if (rights.deleteAny || (message.outgoing && rights.post)) return yes("everyone");
      return no("no-right");
    case "supergroup":
      return rights.deleteAny || message.outgoing ? yes("everyone") : no("no-right");
    case "group": {
      const mayRevoke = (message.outgoing || rights.deleteAny) && isYoung(age, rights);
      return yes(wish.everyone && mayRevoke ? "everyone" : "me");
    }
    case "user":
      if (chat.isSelf || !wish.everyone || !isYoung(age, rights)) return yes("me");
      // Telegram holds a throw of the dice for a day, so that nobody takes back what they lost.
      return message.media.otherKind === "dice" && age < DAY_S ? no("young-dice") : yes("everyone");
  }
}

const isYoung = (age: number, { revokeWithin }: ChatRights): boolean => revokeWithin === null || age <= revokeWithin;

/** In channels and supergroups Telegram leaves no choice; in Saved Messages there is nobody else. */
export const hasChoice = ({ type, isSelf }: Pick<Chat, "type" | "isSelf">): boolean =>
  !isSelf && (type === "user" || type === "group");

/** What a message holds, so that one that was edited after the preview is told apart. */
export function fingerprintOf({ text, media }: Message): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of `${media.type} ${media.fileKey ?? ""} ${text}`) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return hash.toString(36);
}

/** Halves of a batch that Telegram refused, to find out which of it. */
export function bisect<T>(batch: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

/** Next batches: up to 100 of one effect, in the order of their numbers. */
export function batchesOf<T extends { effect: DeletionEffect }>(items: readonly T[], size = 100): T[][] {
  const batches: T[][] = [];
  for (const effect of ["everyone", "me"] as const) {
    const same = items.filter((item) => item.effect === effect);
    for (let at = 0; at < same.length; at += size) batches.push(same.slice(at, at + size));
  }
  return batches;
}

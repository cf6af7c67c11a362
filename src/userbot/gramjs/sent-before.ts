/** Messages that went out although their answer was lost: looked up in the chat itself. */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { Chat } from "../../core/media.ts";
import type { SentIds } from "../outgoing.ts";
import type { HistorySource } from "./history.ts";

const LOOKED_AT = 100;

/** The newest so many of the account's own that read like these, in order; `expected` null takes any forwards. */
export async function findSent(
  { caller, peers }: HistorySource,
  chat: Chat,
  expected: readonly { text: string }[] | null,
  count: number,
  signal: AbortSignal,
): Promise<SentIds> {
  const answer = await caller.call(
    new Api.messages.GetHistory({
      peer: peers.inputPeer(chat),
      offsetId: 0,
      offsetDate: 0,
      addOffset: 0,
      limit: LOOKED_AT,
      maxId: 0,
      minId: 0,
      hash: bigInt.zero,
    }),
    { signal },
  );
  if (!("messages" in answer)) return Array.from({ length: count }, () => null);
  // In Saved Messages and in a channel nothing is "out" for sure: there the words alone must do.
  const own = answer.messages.filter(
    (message): message is Api.Message => message instanceof Api.Message && (message.out || message.post || chat.isSelf),
  ) as Api.Message[];
  const newestFirst = expected ? [...expected].reverse() : Array.from({ length: count }, () => null);
  const found: SentIds = [];
  let at = 0;
  for (const wanted of newestFirst) {
    const index = own.findIndex(
      (message, place) => place >= at && (wanted ? (message.message ?? "") === wanted.text : message.fwdFrom),
    );
    found.unshift(index < 0 ? null : own[index]!.id);
    if (index >= 0) at = index + 1;
  }
  return found;
}

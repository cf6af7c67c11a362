/** Messages forwarded together arrive one by one: they are gathered for a moment and answered as one. */
import type { ChatId } from "../core/media.ts";
import type { BotContext } from "./context.ts";
import { report } from "./errors.ts";

const GATHER_MS = 700;

interface Group {
  messageIds: Set<number>;
  timer: NodeJS.Timeout;
}

export interface ForwardGroups {
  /** Answers with all of a chat's messages once no more have come for a moment. */
  gather(ctx: BotContext, chatId: ChatId, messageId: number, answer: (messageIds: number[]) => Promise<void>): void;
}

export function createForwardGroups(): ForwardGroups {
  const groups = new Map<ChatId, Group>();
  return {
    gather(ctx, chatId, messageId, answer) {
      const known = groups.get(chatId);
      clearTimeout(known?.timer);
      const messageIds = (known?.messageIds ?? new Set<number>()).add(messageId);
      const timer = setTimeout(() => {
        groups.delete(chatId);
        answer([...messageIds].sort((a, b) => a - b)).catch((error: unknown) => report(ctx, error));
      }, GATHER_MS);
      groups.set(chatId, { messageIds, timer });
    },
  };
}

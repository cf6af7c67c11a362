/** Plain words that are no command may be meant as a search. */

import type { BotContext } from "../context.ts";
import { openDraft } from "../dialogue.ts";
import { say } from "../sending.ts";
import { button, rows } from "../view.ts";
import { plainName } from "../voice.ts";

export async function offerSearch(ctx: BotContext, text: string): Promise<void> {
  const { t } = ctx.voice;
  const { id } = await openDraft(ctx, "search-offer", { text: text.slice(0, 500) });
  await say(ctx, {
    text: t.search.offer(plainName(text, 60)),
    buttons: rows([button(t.search.go, ["sr-words", id], "primary"), button(t.common.close, ["close"])]),
  });
}

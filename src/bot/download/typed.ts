/** Words typed while the guided download asks: a chat, dates, sizes, or more filters. */
import { UserError } from "../../core/errors.ts";
import { parseQuery } from "../../core/query.ts";
import type { BotContext } from "../context.ts";
import { findChat } from "../find-chat.ts";
import { chooseChatView } from "../views/chats.ts";
import { choose } from "./choose.ts";
import { type Flow, loadFlow } from "./draft.ts";
import { goTo, present } from "./flow.ts";
import { closePicker } from "./picker.ts";
import { withDates, withSize } from "./ranges.ts";
import { settle } from "./settle.ts";

export async function answerStep(ctx: BotContext, draftId: string, text: string): Promise<boolean> {
  const flow = await loadFlow(ctx, draftId);
  if (!flow) return false;
  // The reply keyboard's ✖ comes as text.
  if (text === ctx.voice.t.common.cancel) {
    await closePicker(ctx, flow);
    return true;
  }
  // One message was offered: there is nothing in it that words could narrow down.
  if (flow.data.single && flow.data.step === "summary") return false;
  // What was typed stands below the flow's message by now: the answer goes on below it.
  flow.draft.messageId = null;
  switch (flow.data.step) {
    case "chat":
    case "search":
      await chatTyped(ctx, flow, text);
      break;
    case "when-typed":
      await rangeTyped(ctx, flow, () => {
        flow.data.filter = withDates(ctx, flow.data.filter, text);
      });
      break;
    case "size-typed":
      await rangeTyped(ctx, flow, () => {
        flow.data.filter = withSize(ctx, flow.data.filter, text);
      });
      break;
    default:
      await filtersTyped(ctx, flow, text);
  }
  return true;
}

async function chatTyped(ctx: BotContext, flow: Flow, text: string): Promise<void> {
  const query = parseQuery(text, { now: ctx.voice.now, timeZone: ctx.voice.timeZone });
  if (!query.chat) throw new UserError(ctx.voice.t.chats.unknown(text.slice(0, 60)).text);
  const found = await findChat(ctx, query);
  flow.data.filter = { ...flow.data.filter, ...found.filter };
  if (Object.keys(found.filter).length > 0) flow.data.guided = false;
  if (found.kind === "one") {
    await choose(ctx, flow, found.chat.chatId);
    return;
  }
  const data = ({ chatId }: { chatId: number }) => ["dl", flow.draft.id, "chat", chatId];
  await present(ctx, flow, chooseChatView(ctx.voice, found.typed, found.chats, data));
}

async function rangeTyped(ctx: BotContext, flow: Flow, apply: () => void): Promise<void> {
  const what = flow.data.step === "when-typed" ? "when" : "size";
  try {
    apply();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await goTo(ctx, flow, what === "when" ? "when-typed" : "size-typed", error.message);
    return;
  }
  if (what === "when") await goTo(ctx, flow, "size");
  else await settle(ctx, flow, { asked: true });
}

/** "video 7d" typed at any step stands for the buttons. */
async function filtersTyped(ctx: BotContext, flow: Flow, text: string): Promise<void> {
  const { filter } = parseQuery(text, { now: ctx.voice.now, timeZone: ctx.voice.timeZone, leading: "text" });
  flow.data.filter = { ...flow.data.filter, ...filter };
  await settle(ctx, flow, { asked: true });
}

/** /settings — how the owner likes it; every choice is a button, and words are understood as well. */
import { defineCommand, type PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { keepDraft, leaveDialogue, openDraft } from "../dialogue.ts";
import { say, show } from "../sending.ts";
import { chosenByButton, chosenByWords } from "../settings/choices.ts";
import { settingsView } from "../settings/overview.ts";
import { PAGES, type Page } from "../settings/page.ts";
import { pageView } from "../settings/pages.ts";

const DIALOGUE = "settings";

export default defineCommand({
  name: "settings",
  description: "Time zone, progress, quiet hours and more",
  group: "control",
  explanation: "Shows your settings. Each button opens one of them; the change holds at once.",

  async run(ctx) {
    await say(ctx, await settingsView(ctx));
  },
  presses: {
    /** set → the list; set:<page> → one setting; set:<page>:<value> → the choice. */
    set: async (ctx, [page, ...value]) => {
      await leaveDialogue(ctx, DIALOGUE);
      if (!isPage(page)) await show(ctx, await settingsView(ctx));
      else if (value.length === 0) await openPage(ctx, page);
      else return choose(ctx, page, value.join(":"));
      return undefined;
    },
  },
  answers: {
    async [DIALOGUE](ctx, draftId, text) {
      const draft = await ctx.services.db.drafts.get(draftId);
      const { page } = (draft?.data ?? {}) as { page?: string };
      if (!isPage(page)) return false;
      await say(ctx, await chosenByWords(ctx, page, text));
      await ctx.services.db.drafts.take(draftId);
      return true;
    },
  },
});

const isPage = (word: string | undefined): word is Page => PAGES.some((page) => page === word);

async function openPage(ctx: BotContext, page: Page): Promise<void> {
  const view = await pageView(ctx, page);
  const messageId = await show(ctx, view);
  if (!view.placeholder) return;
  const draft = await openDraft(ctx, DIALOGUE, { page });
  draft.messageId = messageId;
  await keepDraft(ctx, draft);
}

const choose = async (ctx: BotContext, page: Page, value: string): ReturnType<PressHandler> => {
  await chosenByButton(ctx, page, value);
  await show(ctx, page === "zone" ? await settingsView(ctx) : await pageView(ctx, page));
  return ctx.voice.t.settings.saved;
};

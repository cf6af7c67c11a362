/** A command whose every try ended with the program: told, never dropped in silence; its next try is the owner's to begin. */
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { cutText } from "../core/text.ts";
import type { Services } from "./context.ts";
import { saveCommand } from "./saved-command.ts";
import { sendView } from "./sending.ts";
import { button, rows } from "./view.ts";
import { voiceOf } from "./voice.ts";

export interface GivenUp {
  api: Api;
  services: Services;
  ownerId: number | null;
  update: Update;
}

/** Tells nothing of what was no command: a press that never ended is pressed again. */
export async function tellGivenUp({ api, services, ownerId, update }: GivenUp): Promise<void> {
  services.log.error({ updateId: update.update_id }, "An update was left: the program ended in it again and again.");
  const text = update.message?.text;
  const draftId = await saveCommand(services, text);
  if (ownerId === null || !text || !draftId) return;
  const { t } = voiceOf(await services.db.settings.all(), services.now());
  await sendView(api, ownerId, {
    text: t.common.givenUp(cutText(text, 64)),
    buttons: rows([
      button(t.common.tryAgain, ["again", draftId], "primary"),
      button(t.common.forget, ["forget", draftId]),
    ]),
  });
}

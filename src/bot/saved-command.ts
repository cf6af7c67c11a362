/** A command that had to wait, such as for the login, behind a button that runs it again. */
import { fmt } from "@grammyjs/parse-mode";
import { newId } from "../core/id.ts";
import type { AccountNeededError } from "./ask.ts";
import type { Services } from "./context.ts";
import { button, rows, type View } from "./view.ts";
import type { Voice } from "./voice.ts";

export const SAVED_COMMAND = "saved-command";
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** The draft's id, or null where the update was no command that could be typed again. */
export async function saveCommand(services: Pick<Services, "db" | "now">, text?: string): Promise<string | null> {
  if (!text?.startsWith("/")) return null;
  const id = newId();
  const expiresAt = new Date(services.now().getTime() + KEPT_MS);
  await services.db.drafts.save({ id, kind: SAVED_COMMAND, data: { text }, messageId: null, expiresAt });
  return id;
}

export function accountNeeded({ t }: Voice, error: AccountNeededError, draftId: string | null): View {
  const { common } = t;
  const text =
    error.state === "signed-out"
      ? common.needAccount
      : error.state === "no-worker"
        ? common.noWorker
        : common.accountTrouble(common.troubles[error.trouble ?? ""] ?? common.troubleUnknown(error.trouble ?? ""));
  return {
    text: fmt`${draftId ? text : text.replace(/ Your command is saved.*$/, "")}`,
    buttons: rows(
      [draftId && button(common.tryAgain, ["again", draftId], "primary"), button(common.connect, ["connect"])],
      [draftId && button(common.forget, ["forget", draftId])],
    ),
  };
}

/** The page of /settings about deleting: whether at all, how many a day, and how long one may think better of it. */
import { UserError } from "../../core/errors.ts";
import type { BotContext } from "../context.ts";
import { rows, type View } from "../view.ts";
import { change, choiceOf, onOff } from "./page.ts";

const CAPS = [500, 5_000, 50_000];
const GRACES = [10, 60, 300];
/** Minutes. */
const NOTICES = [15, 60, 360];

export function deletingPage(ctx: BotContext): View {
  const { settings, voice } = ctx;
  const { t } = voice;
  const { deleteEnabled, deleteDailyCap, deleteGraceSeconds, deleteNoticeMinutes } = settings;
  const choice = choiceOf(ctx, "deleting");
  const [on, off, back] = onOff(ctx, "deleting", deleteEnabled)[0] ?? [];
  return {
    text: t.deletion.settingsPage(deleteEnabled, deleteDailyCap, deleteGraceSeconds, deleteNoticeMinutes),
    buttons: rows(
      [on, off],
      CAPS.map((cap) => choice(t.deletion.capChoice(cap), `cap${cap}`, cap === deleteDailyCap)),
      GRACES.map((seconds) =>
        choice(t.deletion.graceChoice(seconds), `grace${seconds}`, seconds === deleteGraceSeconds),
      ),
      NOTICES.map((minutes) =>
        choice(t.deletion.noticeChoice(minutes), `notice${minutes}`, minutes === deleteNoticeMinutes),
      ),
      [back],
    ),
    placeholder: t.deletion.secondsPlaceholder,
  };
}

export async function chosenDeleting(ctx: BotContext, value: string): Promise<void> {
  const cap = CAPS.find((one) => value === `cap${one}`);
  const grace = GRACES.find((one) => value === `grace${one}`);
  const notice = NOTICES.find((one) => value === `notice${one}`);
  if (cap !== undefined) await change(ctx, "deleteDailyCap", cap);
  else if (notice !== undefined) await change(ctx, "deleteNoticeMinutes", notice);
  else if (grace !== undefined) await change(ctx, "deleteGraceSeconds", grace);
  else if (value === "on" || value === "off") await change(ctx, "deleteEnabled", value === "on");
}

export async function writtenSeconds(ctx: BotContext, text: string): Promise<void> {
  const seconds = /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : 0;
  if (seconds < 5 || seconds > 600) throw new UserError(ctx.voice.t.deletion.secondsWrong);
  await change(ctx, "deleteGraceSeconds", seconds);
}

/** What the pages of /settings have in common. */
import { formatClock } from "../../core/clock.ts";
import type { Settings } from "../../core/settings.ts";
import type { BotContext } from "../context.ts";
import { button, rows } from "../view.ts";
import { voiceOf } from "../voice.ts";

export const PAGES = [
  "zone",
  "milestones",
  "simple",
  "csv",
  "quiet",
  "files",
  "names",
  "restricted",
  "pace",
  "deleting",
] as const;
export type Page = (typeof PAGES)[number];

/** Makes the buttons of a page's choices; the one that holds now has a tick. */
export const choiceOf =
  ({ voice: { t } }: BotContext, page: Page) =>
  (label: string, value: string, chosen: boolean) =>
    button(chosen ? t.settings.ticked(label) : label, ["set", page, value]);

export function onOff({ voice: { t } }: BotContext, page: Page, on: boolean) {
  return rows([
    button(on ? t.settings.keepOn : t.settings.turnOn, ["set", page, "on"]),
    button(on ? t.settings.turnOff : t.settings.keepOff, ["set", page, "off"]),
    button(t.common.back, ["set"]),
  ]);
}

export async function change<Name extends keyof Settings>(
  ctx: BotContext,
  setting: Name,
  value: Settings[Name],
): Promise<void> {
  await ctx.services.db.settings.set(setting, value);
  ctx.settings = { ...ctx.settings, [setting]: value };
  ctx.voice = voiceOf(ctx.settings, ctx.services.now());
  ctx.services.log.info({ setting }, "A setting was changed.");
}

export const timeIn = (ctx: BotContext, zone: string): string => {
  const now = ctx.services.now();
  return formatClock(now, zone, now, ctx.voice.language);
};

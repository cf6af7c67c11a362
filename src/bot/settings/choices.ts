/** What a choice on a page of /settings does, by button or in words. */
import { fmt } from "@grammyjs/parse-mode";
import { cityOf, findTimeZones } from "../../core/cities.ts";
import { parseQuietHours } from "../../core/clock.ts";
import { UserError } from "../../core/errors.ts";
import { checkTemplate } from "../../core/filename.ts";
import { isTimeZone } from "../../core/zone.ts";
import { chosenCsv } from "../archive/csv-settings.ts";
import type { BotContext } from "../context.ts";
import { button, inRows, type View } from "../view.ts";
import { plainName } from "../voice.ts";
import { chosenDeleting, writtenSeconds } from "./deleting.ts";
import { MOST_FILES, TEMPLATES } from "./offers.ts";
import { change, type Page, timeIn } from "./page.ts";
import { pageView } from "./pages.ts";

export async function chosenByButton(ctx: BotContext, page: Page, value: string): Promise<void> {
  switch (page) {
    case "zone":
      if (isTimeZone(value)) await change(ctx, "timeZone", value);
      break;
    case "milestones":
      if (value === "card" || value === "messages") await change(ctx, "milestones", value);
      break;
    case "pace":
      if (value === "gentle" || value === "steady") await change(ctx, "requestPace", value);
      break;
    case "csv": {
      const { csvBom, csvEscapeFormulas } = chosenCsv(value) ?? {};
      if (csvBom !== undefined) await change(ctx, "csvBom", csvBom);
      if (csvEscapeFormulas !== undefined) await change(ctx, "csvEscapeFormulas", csvEscapeFormulas);
      break;
    }
    case "simple":
      await change(ctx, "simpleView", value === "on");
      break;
    case "restricted":
      await change(ctx, "allowRestricted", value === "on");
      break;
    case "quiet":
      await change(ctx, "quietHours", parseQuietHours(value));
      break;
    case "files":
      await change(ctx, "concurrency", Math.min(MOST_FILES, Math.max(1, Math.trunc(Number(value)) || 5)));
      break;
    case "deleting":
      await chosenDeleting(ctx, value);
      break;
    case "names": {
      const template = TEMPLATES[value as keyof typeof TEMPLATES];
      if (template) await change(ctx, "filenameTemplate", template);
    }
  }
}

/** Throws UserError with what to write instead; the question then stays open. */
export async function chosenByWords(ctx: BotContext, page: Page, text: string): Promise<View> {
  const { t } = ctx.voice;
  if (page === "zone") {
    const zones = findTimeZones(text);
    const [zone] = zones;
    if (!zone) throw new UserError(t.settings.zoneUnknown(plainName(text, 40)));
    if (zones.length > 1 && !isTimeZone(text.trim())) {
      return {
        text: fmt`${t.settings.zoneSeveral(plainName(text, 40))}`,
        buttons: inRows(
          zones.map((one) => button(cityOf(one), ["set", "zone", one])),
          2,
        ),
      };
    }
    await change(ctx, "timeZone", zone);
    return { text: fmt`${t.settings.zoneSet(zone, timeIn(ctx, zone))}` };
  }
  if (page === "deleting") await writtenSeconds(ctx, text);
  if (page === "quiet") await change(ctx, "quietHours", parseQuietHours(text));
  if (page === "names") {
    await change(ctx, "filenameTemplate", checkTemplate(text));
  }
  return pageView(ctx, page);
}

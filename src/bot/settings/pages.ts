/** The page of each setting. */
import { cityOf } from "../../core/cities.ts";
import { csvPage } from "../archive/csv-settings.ts";
import type { BotContext } from "../context.ts";
import { button, inRows, rows, type View } from "../view.ts";
import { path } from "../voice.ts";
import { deletingPage } from "./deleting.ts";
import { FILES, QUIET, TEMPLATES, ZONES } from "./offers.ts";
import { choiceOf, onOff, type Page, timeIn } from "./page.ts";

export async function pageView(ctx: BotContext, page: Page): Promise<View> {
  const { settings, voice } = ctx;
  const { t } = voice;
  const texts = t.settings;
  const choice = choiceOf(ctx, page);
  const back = rows([button(t.common.back, ["set"])]);
  switch (page) {
    case "zone": {
      const zones = ZONES.map((zone) => choice(cityOf(zone), zone, zone === settings.timeZone));
      return {
        text: texts.zoneAsk(settings.timeZone, timeIn(ctx, settings.timeZone)),
        buttons: [...inRows(zones, 3), ...back],
        placeholder: texts.zonePlaceholder,
      };
    }
    case "milestones":
      return {
        text: texts.milestones,
        buttons: rows([
          choice(texts.card, "card", settings.milestones === "card"),
          choice(texts.messages, "messages", settings.milestones === "messages"),
          button(t.common.back, ["set"]),
        ]),
      };
    case "pace":
      return {
        text: texts.pace,
        buttons: rows([
          choice(texts.steady, "steady", settings.requestPace === "steady"),
          choice(texts.gentle, "gentle", settings.requestPace === "gentle"),
          button(t.common.back, ["set"]),
        ]),
      };
    case "csv":
      return csvPage(ctx);
    case "simple":
      return { text: texts.simple(settings.simpleView), buttons: onOff(ctx, page, settings.simpleView) };
    case "restricted":
      return { text: texts.restricted(settings.allowRestricted), buttons: onOff(ctx, page, settings.allowRestricted) };
    case "quiet": {
      const hours = QUIET.map((one) => choice(one.replace("-", "–"), one, one === settings.quietHours));
      return {
        text: texts.quietAsk(settings.quietHours),
        buttons: [...inRows(hours, 3), ...rows([choice(texts.off, "off", settings.quietHours === null)]), ...back],
        placeholder: texts.quietPlaceholder,
      };
    }
    case "files": {
      const counts = FILES.map((count) => choice(String(count), String(count), count === settings.concurrency));
      return { text: texts.filesAsk(settings.concurrency), buttons: [...inRows(counts, 5), ...back] };
    }
    case "deleting":
      return deletingPage(ctx);
    case "names": {
      const names = Object.entries(TEMPLATES).map(([key, template]) =>
        choice(texts.nameChoices[key as keyof typeof TEMPLATES], key, template === settings.filenameTemplate),
      );
      return {
        text: texts.namesAsk(path(settings.filenameTemplate)),
        buttons: [...inRows(names, 1), ...back],
        placeholder: texts.namesPlaceholder,
      };
    }
  }
}

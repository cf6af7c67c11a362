/** The pages of /settings: what each shows and what its choices do. */
import { fmt } from "@grammyjs/parse-mode";
import { cityOf, findTimeZones } from "../core/cities.ts";
import { formatClock, parseQuietHours } from "../core/clock.ts";
import { UserError } from "../core/errors.ts";
import { checkTemplate } from "../core/filename.ts";
import type { Settings } from "../core/settings.ts";
import { formatBytes } from "../core/units.ts";
import { isTimeZone } from "../core/zone.ts";
import { accountState } from "./account.ts";
import { chosenCsv, csvPage } from "./archive/csv-settings.ts";
import type { BotContext } from "./context.ts";
import { button, inRows, lines, rows, type View } from "./view.ts";
import { accountName } from "./views/start.ts";
import { path, plainName, voiceOf } from "./voice.ts";

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

const ZONES = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Kyiv",
  "Asia/Dubai",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "America/New_York",
  "America/Los_Angeles",
];
const QUIET = ["22:00-07:00", "23:00-07:00", "00:00-08:00"];
const FILES = [1, 3, 5, 8, 10];
const MOST_FILES = 20;
const TEMPLATES = {
  chat: "{chat}/{date}_{time}_{name}",
  month: "{chat}/{year}-{month}/{date}_{time}_{name}",
  type: "{chat}/{type}/{date}_{time}_{name}",
};

export async function settingsView(ctx: BotContext): Promise<View> {
  const { settings, voice, services } = ctx;
  const { t } = voice;
  const workers = await services.db.workers.list();
  const account = accountName(accountState(workers, services.now()));
  const disk = workers.find(({ downloadDir }) => downloadDir);
  return {
    text: lines(
      t.settings.title,
      t.settings.zoneAndLanguage(settings.timeZone, t.settings.language),
      t.settings.view(settings.milestones, settings.simpleView),
      t.settings.quiet(settings.quietHours),
      t.settings.files(settings.concurrency),
      settings.requestPace === "gentle" && t.settings.paceLine,
      t.settings.names(path(settings.filenameTemplate)),
      disk?.downloadDir &&
        t.settings.storage(
          path(disk.downloadDir),
          disk.freeBytes === null ? null : formatBytes(disk.freeBytes, voice.language),
        ),
      t.settings.account(account ?? t.settings.noAccount),
      `${t.deletion.settingsLine(settings.deleteEnabled)} · ${t.settings.restrictedLine(settings.allowRestricted)}`,
    ),
    buttons: rows(
      [button(t.settings.buttons.zone, ["set", "zone"]), button(t.settings.buttons.milestones, ["set", "milestones"])],
      [button(t.settings.buttons.simple, ["set", "simple"]), button(t.settings.buttons.quiet, ["set", "quiet"])],
      [button(t.settings.buttons.files, ["set", "files"]), button(t.settings.buttons.names, ["set", "names"])],
      [
        button(t.deletion.settingsButton, ["set", "deleting"]),
        button(t.settings.buttons.restricted, ["set", "restricted"]),
      ],
      [button(t.settings.buttons.pace, ["set", "pace"]), button(t.archive.csvButton, ["set", "csv"])],
      [button(t.common.close, ["close"])],
    ),
  };
}

export async function pageView(ctx: BotContext, page: Page): Promise<View> {
  const { settings, voice } = ctx;
  const { t } = voice;
  const texts = t.settings;
  const choice = (label: string, value: string, chosen: boolean) =>
    button(chosen ? texts.ticked(label) : label, ["set", page, value]);
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

const CAPS = [500, 5_000, 50_000];
const GRACES = [10, 60, 300];

function deletingPage(ctx: BotContext): View {
  const { settings, voice } = ctx;
  const { t } = voice;
  const { deleteEnabled, deleteDailyCap, deleteGraceSeconds } = settings;
  const choice = (label: string, value: string, chosen: boolean) =>
    button(chosen ? t.settings.ticked(label) : label, ["set", "deleting", value]);
  const [on, off, back] = onOff(ctx, "deleting", deleteEnabled)[0] ?? [];
  return {
    text: t.deletion.settingsPage(deleteEnabled, deleteDailyCap, deleteGraceSeconds),
    buttons: rows(
      [on, off],
      CAPS.map((cap) => choice(t.deletion.capChoice(cap), `cap${cap}`, cap === deleteDailyCap)),
      GRACES.map((seconds) =>
        choice(t.deletion.graceChoice(seconds), `grace${seconds}`, seconds === deleteGraceSeconds),
      ),
      [back],
    ),
    placeholder: t.deletion.secondsPlaceholder,
  };
}

async function chosenDeleting(ctx: BotContext, value: string): Promise<void> {
  const cap = CAPS.find((one) => value === `cap${one}`);
  const grace = GRACES.find((one) => value === `grace${one}`);
  if (cap !== undefined) await change(ctx, "deleteDailyCap", cap);
  else if (grace !== undefined) await change(ctx, "deleteGraceSeconds", grace);
  else if (value === "on" || value === "off") await change(ctx, "deleteEnabled", value === "on");
}

function onOff({ voice: { t } }: BotContext, page: Page, on: boolean) {
  return rows([
    button(on ? t.settings.keepOn : t.settings.turnOn, ["set", page, "on"]),
    button(on ? t.settings.turnOff : t.settings.keepOff, ["set", page, "off"]),
    button(t.common.back, ["set"]),
  ]);
}

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
  if (page === "deleting") {
    const seconds = /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : 0;
    if (seconds < 5 || seconds > 600) throw new UserError(t.deletion.secondsWrong);
    await change(ctx, "deleteGraceSeconds", seconds);
  }
  if (page === "quiet") await change(ctx, "quietHours", parseQuietHours(text));
  if (page === "names") {
    await change(ctx, "filenameTemplate", checkTemplate(text));
  }
  return pageView(ctx, page);
}

async function change<Name extends keyof Settings>(
  ctx: BotContext,
  setting: Name,
  value: Settings[Name],
): Promise<void> {
  await ctx.services.db.settings.set(setting, value);
  ctx.settings = { ...ctx.settings, [setting]: value };
  ctx.voice = voiceOf(ctx.settings, ctx.services.now());
  ctx.services.log.info({ setting }, "A setting was changed.");
}

const timeIn = (ctx: BotContext, zone: string): string => {
  const now = ctx.services.now();
  return formatClock(now, zone, now, ctx.voice.language);
};

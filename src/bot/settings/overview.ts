/** The first page of /settings: how everything is set. */
import { formatBytes } from "../../core/units.ts";
import { accountState } from "../account.ts";
import type { BotContext } from "../context.ts";
import { button, lines, rows, type View } from "../view.ts";
import { accountName } from "../views/start.ts";
import { path } from "../voice.ts";

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

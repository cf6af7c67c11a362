/** English. Every word the bot says stands in this folder; numbers, names and times come in ready to be shown. */
import { archive } from "./en/archive.ts";
import { chats } from "./en/chats.ts";
import { common } from "./en/common.ts";
import { deletion, restoring } from "./en/deletion.ts";
import { download } from "./en/download.ts";
import { duplicates } from "./en/duplicates.ts";
import { help } from "./en/help.ts";
import { jobs } from "./en/jobs.ts";
import { log } from "./en/log.ts";
import { lookAlikes } from "./en/look-alikes.ts";
import { machines } from "./en/machines.ts";
import { scan } from "./en/scan.ts";
import { schedule } from "./en/schedule.ts";
import { search } from "./en/search.ts";
import { settings } from "./en/settings.ts";
import { start } from "./en/start.ts";
import { stats } from "./en/stats.ts";

export const en = {
  stats,
  code: "en",
  common,
  start,
  help,
  chats,
  download,
  duplicates,
  jobs,
  log,
  lookAlikes,
  machines,
  scan,
  search,
  settings,
  archive,
  deletion,
  restoring,
  schedule,
};

/** st:<draft>:<action>:<word> — another side, another stretch of time, a table, or other colours. */
import { InputFile } from "grammy";
import type { MediaFilter } from "../../core/media-filter.ts";
import { parseQuery } from "../../core/query.ts";
import type { PressHandler } from "../command.ts";
import type { BotContext } from "../context.ts";
import { chatOf } from "../sending.ts";
import { statsCsv } from "./csv.ts";
import { loadStats, type OpenStats, STATS_VIEWS } from "./draft.ts";
import { numbersOf, present } from "./present.ts";

export const pressStats: PressHandler = async (ctx, [id = "", action = "", word = ""]) => {
  const draft = await loadStats(ctx, id);
  if (!draft) return ctx.voice.t.common.stale;
  const { data } = draft;
  switch (action) {
    case "view": {
      const view = STATS_VIEWS.find((one) => one === word);
      if (!view) return ctx.voice.t.common.stale;
      data.view = view;
      await present(ctx, draft, { fresh: false });
      return undefined;
    }
    case "range":
      data.filter = withRange(ctx, data.filter, word);
      await present(ctx, draft, { fresh: true });
      return undefined;
    case "theme": {
      const theme = word === "dark" ? "dark" : "light";
      await ctx.services.db.settings.set("chartTheme", theme);
      ctx.settings = { ...ctx.settings, chartTheme: theme };
      await present(ctx, draft, { fresh: false });
      return ctx.voice.t.settings.saved;
    }
    case "csv":
      // The view that the button stands below, also while the draft is on its way to the database.
      data.view = STATS_VIEWS.find((one) => one === word) ?? data.view;
      await sendCsv(ctx, draft);
      return undefined;
    default:
      return ctx.voice.t.common.stale;
  }
};

function withRange(ctx: BotContext, filter: MediaFilter, word: string): MediaFilter {
  const { after: _, before: __, ...rest } = filter;
  const { now, timeZone } = ctx.voice;
  const words = word === "30d" ? "30d" : word === "year" ? "this year" : null;
  return words === null ? rest : { ...rest, ...dates(parseQuery(words, { now, timeZone }).filter) };
}

const dates = ({ after, before }: MediaFilter): MediaFilter => ({
  ...(after === undefined ? {} : { after }),
  ...(before === undefined ? {} : { before }),
});

async function sendCsv(ctx: BotContext, draft: OpenStats): Promise<void> {
  const { voice, settings } = ctx;
  const { data } = draft;
  const text = statsCsv(voice, data.view, await numbersOf(ctx, draft), {
    bom: settings.csvBom,
    escapeFormulas: settings.csvEscapeFormulas,
  });
  const day = voice.now.toISOString().slice(0, 10);
  const file = new InputFile(Buffer.from(text, "utf8"), `stats-${data.view}-${day}.csv`);
  await ctx.api.sendDocument(chatOf(ctx), file, {
    ...(draft.messageId === null
      ? {}
      : { reply_parameters: { message_id: draft.messageId, allow_sending_without_reply: true } }),
  });
}

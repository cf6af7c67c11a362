/** A file too large for a bot, in parts that are not. They are read from the disk as they are sent. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { fmt } from "@grammyjs/parse-mode";
import { InputFile } from "grammy";
import { UserError } from "../../core/errors.ts";
import type { ArchiveResult } from "../../core/tasks.ts";
import type { BotContext } from "../context.ts";
import { chatOf, say } from "../sending.ts";
import { SENT_AT_MOST } from "../views/archive.ts";

export async function sendParts(ctx: BotContext, { file, name }: ArchiveResult): Promise<void> {
  const { archive } = ctx.voice.t;
  const found = file === null ? null : await stat(file).catch(() => null);
  if (file === null || !found) throw new UserError(archive.gone);
  const parts = Math.ceil(found.size / SENT_AT_MOST);
  for (let part = 0; part < parts; part++) {
    const range = { start: part * SENT_AT_MOST, end: Math.min(found.size, (part + 1) * SENT_AT_MOST) - 1 };
    const partName = `${name}.${String(part + 1).padStart(3, "0")}`;
    // A stream of its own for each try: one that was sent half cannot be sent again.
    const document = new InputFile(() => createReadStream(file, range), partName);
    await ctx.api.sendDocument(chatOf(ctx), document, {
      caption: archive.part(part + 1, parts, name).text,
      disable_notification: part + 1 < parts,
    });
  }
  await say(ctx, { text: fmt`${archive.howToJoin(name, parts)}` });
}

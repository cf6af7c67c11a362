/** What a run of a schedule has to say where it did nothing. */
import type { Api } from "grammy";
import type { Schedule } from "../../core/schedule.ts";
import { sendView } from "../sending.ts";
import { lines } from "../view.ts";
import { runHeading } from "../views/schedule.ts";
import type { Voice } from "../voice.ts";

/** Without sound, since nothing has changed. */
export async function tell({ api }: { api: Api }, voice: Voice, schedule: Schedule, why: string): Promise<false> {
  await sendView(api, schedule.ownerChatId, { text: lines(runHeading(voice, schedule), why) }, { silent: true });
  return false;
}

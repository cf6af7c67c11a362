/** /start — says what this is, whether the account is connected, and what to do next. */
import { settledAccount } from "../account.ts";
import { defineCommand, findCommand } from "../command.ts";
import { countJobs } from "../job-lists.ts";
import { say } from "../sending.ts";
import { startView, welcomeView } from "../views/start.ts";

const MEMORY = "welcomed";

export default defineCommand({
  name: "start",
  description: "Begin, and see how things stand",
  group: "control",
  explanation: "Shows whether your account is connected, what is running, and the next step.",

  async run(ctx, words) {
    const { db, now, offerMenu, commands } = ctx.services;
    const account = await settledAccount(db, now);
    const job = /^job_(\d{1,9})$/.exec(words)?.[1];
    if (job) {
      await findCommand(commands, "job")?.run(ctx, job);
      return;
    }
    // The link tapped again claims nothing, and neither does a wrong one.
    const claimed = ctx.claimed === true;
    const known = await db.settings.recall<boolean>(MEMORY);
    if (known && !claimed) {
      const { running, waiting } = await countJobs(db);
      await say(ctx, startView(ctx.voice, account, running + waiting));
    } else {
      await say(ctx, welcomeView(ctx.voice, ctx.from?.first_name ?? "", account, claimed));
      await db.settings.remember(MEMORY, true);
    }
    // Telegram knows the chat for sure now; at the program's start it may not have.
    await offerMenu();
  },
});

import { describe, expect, it } from "vitest";
import { AccountNeededError } from "../../../../src/bot/ask.ts";
import type { BotContext } from "../../../../src/bot/context.ts";
import { accountNeeded } from "../../../../src/bot/saved-command.ts";
import { PAGES } from "../../../../src/bot/settings/page.ts";
import { pageView } from "../../../../src/bot/settings/pages.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../../src/core/settings.ts";
import { checked, ID, labels, NOW, plain, voice } from "./checked.ts";

/** The pages look at nothing but these three. */
const context = (settings: Partial<Settings> = {}): BotContext =>
  ({
    settings: { ...DEFAULT_SETTINGS, ...settings },
    voice: voice(settings),
    services: { now: () => NOW },
  }) as unknown as BotContext;

describe("/settings", () => {
  it.each(PAGES)("keeps its page %s within Telegram's limits, with a way back", async (page) => {
    const changed: Partial<Settings> = {
      timeZone: "America/Argentina/ComodRivadavia",
      quietHours: "23:00-07:00",
      simpleView: true,
      allowRestricted: true,
      milestones: "messages",
      concurrency: 10,
      filenameTemplate: `{chat}/${"x".repeat(190)}{id}`,
    };
    for (const settings of [{}, changed]) {
      expect(labels(checked(await pageView(context(settings), page)))).toContain("‹ Back");
    }
  });

  it("says in words what is chosen, not by a tick alone", async () => {
    expect(plain(await pageView(context({ quietHours: "23:00-07:00" }), "quiet"))).toContain(
      "Quiet hours: 23:00-07:00",
    );
    expect(plain(await pageView(context({ simpleView: true }), "simple"))).toContain("Simple view: on");
    expect(plain(await pageView(context({ concurrency: 8 }), "files"))).toContain("Files at once: 8");
    expect(plain(await pageView(context({ timeZone: "Europe/Kyiv" }), "zone"))).toContain(
      "Europe/Kyiv, where it is 14:05",
    );
    expect(plain(await pageView(context(), "restricted"))).toContain("you answer for how you use it");
  });

  it("explains the two ways to show progress", async () => {
    const view = await pageView(context({ milestones: "messages" }), "milestones");
    expect(plain(view)).toContain("Card: one message per job, edited at 0, 25, 50, 75 and 100 %.");
    expect(labels(view)).toEqual(["Card", "✅ Messages", "‹ Back"]);
  });
});

describe("a command that has to wait for the account", () => {
  it("says why, that it is kept, and what to do", () => {
    const states = [
      { kind: "signed-out", trouble: null },
      { kind: "no-worker", trouble: null },
      { kind: "trouble", trouble: "DUPLICATE_SESSION" },
      { kind: "trouble", trouble: "SOMETHING_NEW" },
    ] as const;
    for (const { kind, trouble } of states) {
      const error = new AccountNeededError(kind, trouble);
      expect(plain(checked(accountNeeded(voice(), error, ID)))).toContain("Your command is saved");
      expect(plain(checked(accountNeeded(voice(), error, null)))).not.toContain("is saved");
    }
  });
});

/** Names and filters that nobody would choose: every view stays within Telegram's limits and keeps its own words. */
import { describe, expect, it } from "vitest";
import type { DownloadDraft } from "../../../../src/bot/download/draft.ts";
import { cardView, milestoneMessage } from "../../../../src/bot/views/card.ts";
import * as steps from "../../../../src/bot/views/download.ts";
import { endView } from "../../../../src/bot/views/end.ts";
import { detailsView, jobsView } from "../../../../src/bot/views/jobs.ts";
import * as plans from "../../../../src/bot/views/plan.ts";
import { NO_PROGRESS } from "../../../../src/core/job.ts";
import { FILTER_TYPES, type MediaFilter } from "../../../../src/core/media-filter.ts";
import { chat, checked, family, ID, NOW, plain, voice } from "./checked.ts";

const download = { ...steps, ...plans };
const many = (text: string): string[] => Array.from({ length: 50 }, (_, index) => `${text.repeat(40)}${index}`);
const LONGEST: MediaFilter = {
  types: [...FILTER_TYPES],
  notTypes: [...FILTER_TYPES],
  extensions: many("e"),
  notExtensions: many("e"),
  from: many("Имя "),
  notFrom: many("שם "),
  after: "2020-01-01T10:30:00.000Z",
  before: "2024-01-01T10:30:00.000Z",
  minSize: 1_234_567,
  maxSize: 9_876_543_210,
  text: many("😀"),
  notText: many("\n"),
  name: many("a/b"),
  notName: many("\u202E"),
  topicId: 5,
  commentsOf: 2_147_483_647,
  messageIds: Array.from({ length: 5_000 }, (_, index) => index * 2 + 1),
  limit: 1_000_000,
  sort: "oldest",
};
const TITLES = [
  "<b>_*[`&amp;](tg://user?id=1)",
  "\u202E\u2067evil\u2069",
  "שלום עולם",
  "😀".repeat(64),
  `a${"\u0301".repeat(300)}`,
  "a\n\nb\u0000\u2028c",
  "",
  " ",
  "W".repeat(4_096),
  "\uD800\uDFFF\uDC00",
  "undefine",
];
const plan = {
  files: 1_000_000,
  bytes: 9e15,
  approximate: true,
  byType: FILTER_TYPES.map((type) => ({ type, files: 99_999, bytes: 9e14 })),
  owned: 123_456,
  freeBytes: 0,
  directory: `/${"d".repeat(4_000)}`,
  newestOfType: NOW.toISOString(),
};
const draft: DownloadDraft = {
  step: "summary",
  chatId: -1001,
  filter: LONGEST,
  guided: true,
  replyTo: null,
  plan,
  pickerMessageId: null,
  single: true,
  requestKey: "update:1",
};
const progress = {
  ...NO_PROGRESS,
  done: 999_999,
  total: 1_000_000,
  saved: 5,
  had: 6,
  failed: 999,
  bytes: 9e15,
  totalBytes: 9e15,
  seen: 9e9,
};

describe.each(TITLES)("a chat called %j", (title) => {
  const named = chat({ title, chatId: -1_009_999_999_999, username: "w".repeat(32) });
  const base = family(progress, { hostnames: many("host") }, LONGEST);
  const job = { ...base, root: { ...base.root, title } };

  it("fits the guided download", () => {
    const recent = Array.from({ length: 6 }, (_, index) => ({ ...named, chatId: named.chatId - index }));
    checked(download.chatStepView(voice(), ID, recent, named));
    checked(download.whatStepView(voice(), ID, named, draft));
    checked(download.whenStepView(voice(), ID, named, draft));
    checked(download.sizeStepView(voice(), ID, named, draft));
    checked(download.countingView(voice(), named, LONGEST));
    checked(download.summaryView(voice(), ID, named, draft, true));
    checked(download.singleView(voice(), ID, named, draft));
    checked(download.restrictedView(voice(), ID, named));
    checked(download.nothingView(voice(), ID, named, { ...draft, filter: { ...LONGEST, messageIds: undefined } }));
  });

  it("fits the card, the end message, the lists and the details", () => {
    const wait = { until: new Date("2030-01-01T00:00:00Z"), reason: "FLOOD_PREMIUM_WAIT" };
    for (const language of ["en", "de", "ar"]) {
      const own = voice({ language, timeZone: "America/Argentina/ComodRivadavia" });
      checked(
        cardView(own, job, 999_999, { kind: "milestone", percent: 75 }, { bytesPerSecond: 1e12, remaining: 1e12 }),
      );
      checked(cardView(own, { ...job, wait }, 12, { kind: "waiting", wait }));
      checked(milestoneMessage(own, job, 12, 75));
      checked(detailsView(own, { number: 12, family: { ...job, wait } }, "x".repeat(9_999)));
    }
    for (const state of ["completed", "failed", "cancelled"] as const) {
      const ending = {
        number: 12,
        took: 1e12,
        directory: plan.directory,
        reason: "R".repeat(9_999),
        command: "c".repeat(999),
      };
      checked(endView(voice(), { ...job, state }, ending));
    }
    const jobs = [{ number: 12, family: job }];
    checked(jobsView(voice(), { running: 1, waiting: 0, finishedToday: 0, jobs, page: 1, pages: 1 }));
  });

  it("changes none of our own words", () => {
    const { text } = cardView(voice(), job, 12, { kind: "milestone", percent: 75 });
    const bolds = text.entities.filter(({ type }) => type === "bold");
    expect(bolds).toHaveLength(1);
    expect(plain({ text }).split("\n")[1]).toMatch(/^75 % – 999,999 of 1,000,000 files/);
  });
});

/** What Telegram and the house demand of everything that is shown. */
import { expect } from "vitest";
import type { View } from "../../../../src/bot/view.ts";
import { type Voice, voiceOf } from "../../../../src/bot/voice.ts";
import { type Family, type Job, type JobProgress, NO_PROGRESS } from "../../../../src/core/job.ts";
import type { Chat } from "../../../../src/core/media.ts";
import type { MediaFilter } from "../../../../src/core/media-filter.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../../src/core/settings.ts";

/** An id as newId makes them. */
export const ID = "01JD9Z8QK7V5T3R1N0M8K6H4F2";
export const NOW = new Date("2026-11-22T12:05:00Z");

export function voice(settings: Partial<Settings> = {}): Voice {
  return voiceOf({ ...DEFAULT_SETTINGS, timeZone: "Europe/Kyiv", ...settings }, NOW);
}

export function chat(more: Partial<Chat> = {}): Chat {
  return {
    chatId: -1001234567890,
    type: "channel",
    title: "News",
    username: "news",
    accessHash: null,
    unread: 0,
    lastMessageAt: null,
    archived: false,
    folders: [],
    isForum: false,
    isBot: false,
    isSelf: false,
    restricted: false,
    linkedChatId: null,
    lastScanAt: null,
    ...more,
  };
}

export function family(
  progress: Partial<JobProgress> = {},
  more: Partial<Family> = {},
  filter: MediaFilter = {},
): Family {
  const root: Job<"scan"> = {
    id: ID,
    rootId: null,
    task: "scan",
    payload: { chatId: -1001, filter, next: "download" },
    title: "News",
    state: "active",
    priority: 0,
    paused: false,
    hostname: null,
    attempts: 1,
    maxAttempts: 3,
    runAt: NOW,
    lockedBy: null,
    lockedUntil: null,
    progress: NO_PROGRESS,
    wait: null,
    result: null,
    error: null,
    createdAt: NOW,
    startedAt: NOW,
    endedAt: null,
  };
  return {
    root,
    state: "active",
    paused: false,
    counting: false,
    progress: { ...NO_PROGRESS, ...progress },
    wait: null,
    parts: 1,
    hostnames: ["home"],
    ...more,
  };
}

/** The text as it reads, without the marks that keep names in their direction. */
export const plain = (view: View): string => view.text.text.replace(/[\u2068\u2069]/g, "");
export const labels = (view: View): string[] =>
  (view.buttons ?? []).flat().map(({ text }) => text.replace(/[\u2068\u2069]/g, ""));

/** Checks a view against the limits of Telegram and of good taste, and gives it back. */
export function checked(view: View): View {
  const { text, entities } = view.text;
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(4096);
  expect(text).not.toMatch(/\p{Surrogate}/u);
  expect(text).not.toMatch(/undefined|\[object|NaN|null/);
  expect(text).not.toMatch(/\n\s*(\n|$)/);
  expect(count(text, "\u2068")).toBe(count(text, "\u2069"));
  for (const { offset, length } of entities) {
    expect(length).toBeGreaterThan(0);
    expect(offset + length).toBeLessThanOrEqual(text.length);
  }
  const rows = view.buttons ?? [];
  expect(rows.length).toBeLessThanOrEqual(8);
  for (const row of rows) {
    expect(row.length).toBeGreaterThan(0);
    expect(row.length).toBeLessThanOrEqual(row.every(({ text }) => /^\W*\d+$/u.test(text)) ? 5 : 4);
    for (const button of row) {
      expect(button.text.trim()).not.toBe("");
      expect(button.text.replace(/[\u2068\u2069]/g, "").length).toBeLessThanOrEqual(26);
      // A label carries its meaning in words or numbers, unless it is an arrow of the pager or a chat's own name.
      expect(button.text).toMatch(/[\p{L}\p{N}]|^[‹›]$|^\u2068/u);
      if ("callback_data" in button) {
        expect(new TextEncoder().encode(button.callback_data).length).toBeLessThanOrEqual(64);
        expect(button.callback_data).toMatch(/^v1:/);
      }
      if ("copy_text" in button) expect(button.copy_text.text.length).toBeLessThanOrEqual(256);
    }
  }
  const sent = rows.flat().map((button) => ("callback_data" in button ? button.callback_data : button.text));
  expect(new Set(sent).size).toBe(sent.length);
  if (view.placeholder !== undefined) {
    expect(view.placeholder.length).toBeGreaterThan(0);
    expect(view.placeholder.length).toBeLessThanOrEqual(64);
  }
  return view;
}

const count = (text: string, mark: string): number => text.split(mark).length - 1;

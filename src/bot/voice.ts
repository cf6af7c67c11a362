/** How the bot speaks to the owner: language, zone and the plain forms of names, numbers and times. */
import { FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatClock, formatDay } from "../core/clock.ts";
import type { Settings } from "../core/settings.ts";
import { cutText, isolate, oneLine } from "../core/text.ts";
import { type Texts, textsOf } from "./locales/index.ts";

export interface Voice {
  t: Texts;
  language: string;
  timeZone: string;
  now: Date;
  /** No bars, fewer signs. */
  simple: boolean;
}

export function voiceOf(settings: Settings, now: Date): Voice {
  const { language, timeZone, simpleView } = settings;
  return { t: textsOf(language), language, timeZone, now, simple: simpleView };
}

/** A chat's or file's name, foreign to our text: isolated, so that right-to-left names turn nothing around. */
export function name(title: string, limit = 60): FormattedString {
  return FormattedString.bold(plainName(title, limit));
}

export function plainName(title: string, limit = 60): string {
  return isolate(oneLine(title, limit) || "?");
}

/** A path or file name, to be copied by a tap: what keeps it in its direction stands around it, not in the copy. */
export function path(text: string, limit = 200): FormattedString {
  return fmt`\u2068${FormattedString.code(cutText(text, limit))}\u2069`;
}

/** "14:12 (Europe/Kyiv)"; clients that know the entity show it by the phone's own clock instead. */
export function clock(voice: Voice, at: Date): FormattedString {
  const words = formatClock(at, voice.timeZone, voice.now, voice.language);
  const format = /^\d/.test(words) && words.length === 5 ? "t" : "dt";
  return FormattedString.time(`${words} (${voice.timeZone})`, Math.floor(at.getTime() / 1000), format);
}

/** "3 Nov 2026" in the owner's zone. */
export function day(voice: Voice, at: Date): string {
  return formatDay(at, voice.timeZone, voice.language);
}

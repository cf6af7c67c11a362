/**
 * Fonts that write a name in any script. Those of most scripts come with the program, in parts of a few hundred letters
 * each; a part is loaded when a picture needs one of its letters. For the rest the system's fonts stand in, if it has any.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { GlobalFonts } from "@napi-rs/canvas";

/** In the order in which a letter is looked for; a letter of several is the first one's. */
const BUNDLED = ["noto-sans", "noto-sans-hebrew", "noto-sans-arabic", "noto-emoji", "noto-sans-sc", "noto-sans-kr"];
/** Digits and Latin letters stand in every picture. */
const ALWAYS = "noto-sans-latin";
const EMOJI = "noto-emoji";
/** What the large fonts of the east are for: of other scripts they promise letters that they do not have. */
const EASTERN = /^noto-sans-(sc|kr)$/;
const OF_THE_EAST =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}]/u;

/** Coloured pictures are nicer than ours of one colour. */
const SYSTEM_EMOJI = /^(Noto Color Emoji|Apple Color Emoji|Segoe UI Emoji|Twemoji.*)$/i;
/** Of the system's fonts, those of many scripts. */
const SYSTEM =
  /^(DejaVu Sans|Noto Sans( (CJK (SC|TC|JP|KR)|[A-Z][a-z]+))?|Roboto|Open Sans|Liberation Sans|Arial( Unicode MS)?|Helvetica|Segoe UI|Geeza Pro|WenQuanYi .*|Droid Sans Fallback|PingFang SC|Microsoft YaHei|Source Han Sans.*)$/i;
/** Longer lists only make drawing slow. */
const MOST_SYSTEM = 40;

interface Part {
  family: string;
  file: string;
  isEmoji: boolean;
  isEastern: boolean;
  /** First and last code point of each stretch. */
  ranges: [number, number][];
}

let parts: Part[] | null = null;
let system: { emoji: string[]; others: string[] } | null = null;
const loaded = new Set<string>();

/** Families as CSS writes them, for pictures with these texts; what is needed for them is loaded. */
export function familiesFor(texts: Iterable<string>): string {
  system ??= systemFamilies();
  const letters = lettersOf(texts);
  const needed = allParts().filter(
    (part) => part.family === ALWAYS || [...letters].some((letter) => holds(part, letter)),
  );
  for (const { family, file } of needed) {
    if (loaded.has(family)) continue;
    if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`The font ${file} could not be loaded.`);
    loaded.add(family);
  }
  const own = (isEmoji: boolean) => needed.filter((part) => part.isEmoji === isEmoji).map(({ family }) => family);
  const firstEmoji = allParts().findIndex(({ isEmoji }) => isEmoji);
  const before = needed.filter((part) => allParts().indexOf(part) < firstEmoji).map(({ family }) => family);
  const after = own(false).filter((family) => !before.includes(family));
  const names = [...before, ...(own(true).length > 0 ? system.emoji : []), ...own(true), ...after, ...system.others];
  return [...names.map((name) => `"${name}"`), "sans-serif"].join(", ");
}

/** Letters that no font of the program writes: whether the system has one, only drawing them tells. */
export function lettersBeyond(texts: Iterable<string>): string[] {
  return [...lettersOf(texts)]
    .filter((letter) => !allParts().some((part) => holds(part, letter)))
    .map((letter) => String.fromCodePoint(letter));
}

/** Code points that are drawn as something. */
function lettersOf(texts: Iterable<string>): Set<number> {
  const letters = new Set<number>();
  for (const text of texts)
    for (const character of text) if (!/[\p{C}\p{Z}]/u.test(character)) letters.add(character.codePointAt(0)!);
  return letters;
}

const holds = ({ ranges, isEastern }: Part, letter: number): boolean =>
  (!isEastern || OF_THE_EAST.test(String.fromCodePoint(letter))) &&
  ranges.some(([first, last]) => letter >= first && letter <= last);

function allParts(): Part[] {
  if (parts) return parts;
  const { resolve } = createRequire(import.meta.url);
  parts = BUNDLED.flatMap((name) => {
    const list = resolve(`@fontsource-variable/${name}/unicode.json`);
    const ranges = JSON.parse(readFileSync(list, "utf8")) as { [part: string]: string };
    return Object.entries(ranges).map(([part, range]): Part => {
      const family = `${name}-${part.replace(/[[\]]/g, "")}`;
      const file = join(dirname(list), "files", `${family}-wght-normal.woff2`);
      return { family, file, isEmoji: name === EMOJI, isEastern: EASTERN.test(name), ranges: rangesOf(range) };
    });
  });
  return parts;
}

/** "U+0000-00FF,U+0131" */
const rangesOf = (range: string): [number, number][] =>
  range.split(",").map((stretch) => {
    const [first = 0, last = first] = stretch
      .trim()
      .replace(/^U\+/i, "")
      .split("-")
      .map((point) => Number.parseInt(point, 16));
    return [first, last];
  });

function systemFamilies(): { emoji: string[]; others: string[] } {
  const there = [...new Set(GlobalFonts.families.map(({ family }) => family))];
  return {
    emoji: there.filter((name) => SYSTEM_EMOJI.test(name)).slice(0, 1),
    others: there.filter((name) => SYSTEM.test(name)).slice(0, MOST_SYSTEM),
  };
}

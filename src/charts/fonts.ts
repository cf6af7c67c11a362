/** Which of the system's fonts write a name in any script: those that are there, the most general one first. */
import { GlobalFonts } from "@napi-rs/canvas";

/** Latin, Cyrillic and Hebrew; then the scripts of the east and the rest; then pictures. */
const WANTED = [
  /^DejaVu Sans$/i,
  /^(Noto Sans|Roboto|Open Sans|Liberation Sans|Arial|Helvetica|Segoe UI|SF Pro Text)$/i,
  /^Noto Sans Hebrew$|^Arial Hebrew$/i,
  /^Noto Sans Arabic$|^Geeza Pro$/i,
  /^(Noto Sans CJK (SC|TC|JP|KR)|Noto Serif CJK SC|WenQuanYi .*|Droid Sans Fallback|PingFang SC|Microsoft YaHei|Source Han Sans.*)$/i,
  /^Noto Sans (Devanagari|Thai|Bengali|Tamil|Georgian|Armenian)$/i,
  /^(Noto Color Emoji|Apple Color Emoji|Segoe UI Emoji|Twemoji.*)$/i,
];

let families: string | null = null;

/** As CSS writes it. Without any font on the machine the list is only `sans-serif`, and pictures are of no use. */
export function fontFamilies(): string {
  if (families !== null) return families;
  const there = [...new Set(GlobalFonts.families.map(({ family }) => family))];
  const found = WANTED.flatMap((wanted) => there.filter((name) => wanted.test(name)).slice(0, 4));
  const list = found.length > 0 ? found : there.slice(0, 3);
  families = [...list.map((name) => `"${name}"`), "sans-serif"].join(", ");
  return families;
}

/** A machine may have no fonts at all, such as a small container: a picture without a letter helps nobody. */
export const hasFonts = (): boolean => GlobalFonts.families.length > 0;

/** Values that a space has parted, as phones and people write them: "10 MB", "jan 2024". */
import { isMonthName } from "./dates.ts";
import { isSizeUnit } from "./sizes.ts";

/** What belongs between two parts of one value; null where they are two values. */
export function spaceBetween(left: string, right: string): "" | " " | null {
  const [before, after] = [left.toLowerCase(), right.toLowerCase()];
  if (/^(?:[<>]=?|≥|≤)$/.test(before)) return /^\d/.test(after) ? "" : null;
  if (/(?:^|[<>≥≤=-]|\.\.)\d+(?:[.,]\d+)?$/.test(before) && after.length > 1 && isSizeUnit(after)) return "";
  if (/^(?:.*\d[kmgt]?b?)?(?:\.{2,}|…)$/.test(before)) return /^\d/.test(after) || isMonthName(after) ? "" : null;
  if (/^(?:\.{2,}|…)/.test(after)) return /\d[kmgtbdwy]*$/.test(before) ? "" : null;
  const last = before.split(/\.\.|…| /).at(-1) ?? "";
  if (isMonthName(last)) return /^\d{4}(?:$|\.\.|…)/.test(after) ? " " : null;
  if (/^(?:\d{4}|\d{1,2})$/.test(last) && isMonthName(after)) return " ";
  if (/^(?:this|last|past)$/.test(last)) return /^(?:week|month|year)(?:$|\.\.|…)|^\d{1,4}$/.test(after) ? " " : null;
  if (/^(?:(?:last|past) )?\d{1,4}$/.test(before)) return /^(?:day|week|month|year)s?$/.test(after) ? " " : null;
  return null;
}

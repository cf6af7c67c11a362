/** Text that every reader of an archive can take. */
import { wellFormed } from "../core/text.ts";

const CONTROL = /[\0\u0001-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Halves of surrogate pairs and the control characters that XML, HTML and databases refuse become U+FFFD, one for one. */
export const cleanText = (text: string): string => wellFormed(text).replace(CONTROL, "\uFFFD");

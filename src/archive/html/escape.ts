/** The only way for anybody's words into a page. */
import { cleanText } from "../clean.ts";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Safe between tags and within double quotes. */
export const escapeHtml = (text: string): string => cleanText(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** The path of a file as a link: every step by itself, so that no name can leave the folder or name another protocol. */
export const linkToFile = (path: string): string =>
  path
    .split("/")
    .map((step) => encodeURIComponent(cleanText(step)).replaceAll("'", "%27"))
    .join("/");

const SCHEMES = /^(?:https?|tg|ton|mailto|tel|ftp):/i;

/** An address that may be opened from a page, or null: nothing that runs, nothing that reads the disk. */
export function safeAddress(url: string): string | null {
  const clean = cleanText(url).trim().replace(/\s/gu, encodeURIComponent);
  if (SCHEMES.test(clean)) return clean;
  // "example.org/x", as people write it.
  return /^[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)+(?:[:/?#]|$)/u.test(clean) ? `https://${clean}` : null;
}

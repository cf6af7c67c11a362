/** What stands around the messages: every page is whole by itself and asks nothing of any server. */
import { createHash } from "node:crypto";
import { escapeHtml } from "./escape.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing runs or colours a page but what this program has put there; pictures and sounds come from the folder. */
const POLICY = [
  "default-src 'none'",
  "img-src 'self' file: data:",
  "media-src 'self' file:",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export interface PageHead {
  /** Of the window. */
  title: string;
  /** Shown on top. */
  heading: string;
  /** Below the heading, as HTML. */
  under: string;
  search: boolean;
}

export function pageHead({ title, heading, under, search }: PageHead): string {
  const box = search
    ? '<input id="find" type="search" hidden placeholder="Search on this page" aria-label="Search on this page"><span id="found" class="soft" role="status"></span>'
    : "";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="top"><div class="bar"><h1 dir="auto">${escapeHtml(heading)}</h1>${under}${box}</div></header>
<main>
`;
}

export const PAGE_FOOT = `</main>
<script>${SCRIPT}</script>
</body>
</html>
`;

/** Where one comes from and where one goes on. */
export function pagesNav(previous: string | null, next: string | null): string {
  const link = (path: string | null, label: string) =>
    path ? `<a href="${escapeHtml(path)}">${label}</a>` : "<span></span>";
  return `<nav class="pages" aria-label="Pages">${link(previous, "‹ Earlier")}${link(next, "Later ›")}</nav>\n`;
}

import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** The page runs its own scripts and shows its own pictures, and reaches nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves the page's own few files, by name, from its folder only. */
export async function servePage(response: ServerResponse, path: string): Promise<void> {
  const name = path === "/" ? "index.html" : path.slice(1);
  const extension = /^[a-z-]+\.(html|css|js|svg)$/.exec(name)?.[1];
  const content = extension
    ? await readFile(fileURLToPath(new URL(`./page/${name}`, import.meta.url))).catch(() => null)
    : null;
  if (!content || !extension) {
    response.writeHead(404, { "content-type": "text/plain" }).end("Not Found");
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES[extension],
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
  });
  response.end(content);
}

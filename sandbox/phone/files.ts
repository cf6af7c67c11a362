import type { IncomingMessage, ServerResponse } from "node:http";
import type { World, WorldFile } from "../world/types.ts";

const CHUNK = 256 * 1024;
/** What a browser may show by itself; everything else is only ever saved. */
const SHOWN = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "video/mp4",
  "video/webm",
  "audio/mpeg",
  "audio/ogg",
  "audio/mp4",
]);

/** Sends a file of the world, or the part of it that a player asks for. */
export async function servePart(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  file: WorldFile,
  size?: string,
): Promise<void> {
  const length = world.content.length(file, size);
  if (length === null) {
    response.writeHead(404).end();
    return;
  }
  const range = readRange(request.headers.range, length);
  const type = size ? "image/png" : file.mimeType;
  const shown = SHOWN.has(type);
  response.writeHead(range ? 206 : 200, {
    "content-type": shown ? type : "application/octet-stream",
    "content-disposition": shown ? "inline" : "attachment",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=600",
    "content-length": range ? range.end - range.start : length,
    ...(range && { "content-range": `bytes ${range.start}-${range.end - 1}/${length}` }),
  });
  const end = range?.end ?? length;
  for (let offset = range?.start ?? 0; offset < end && !response.destroyed; ) {
    const bytes = world.content.read(file, offset, Math.min(CHUNK, end - offset), size);
    if (bytes.length === 0) break;
    offset += bytes.length;
    if (!response.write(bytes)) await drained(response);
  }
  response.end();
}

function readRange(header: string | undefined, length: number): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (!match[1] && !match[2])) return null;
  const start = match[1] ? Number(match[1]) : Math.max(0, length - Number(match[2]));
  const end = match[1] && match[2] ? Math.min(length, Number(match[2]) + 1) : length;
  return start < end ? { start, end } : null;
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    response.once("drain", resolve);
    response.once("close", resolve);
  });

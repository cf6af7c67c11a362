import type { ServerResponse } from "node:http";
import type { World, WorldFile } from "../world/types.ts";

const CHUNK = 1024 * 1024;
const EXTENSIONS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "video/mp4": "mp4",
  "audio/mpeg": "mp3",
  "audio/ogg": "oga",
  "application/pdf": "pdf",
  "text/plain": "txt",
};

/** The path under which getFile offers a file; it says which one it is. */
export function filePath(file: WorldFile, size: string): string {
  const folder = file.kind === "photo" ? "photos" : "documents";
  const extension = EXTENSIONS[file.mimeType];
  const name = `file_${BigInt.asUintN(64, file.id)}${size && `_${size}`}`;
  return `${folder}/${name}${extension ? `.${extension}` : ""}`;
}

/** Finds what such a path names. */
export function fileAt(world: World, path: string): { file: WorldFile; size: string | undefined } | null {
  const match = /^(?:photos|documents)\/file_(\d+)(?:_([a-z]))?(?:\.\w+)?$/.exec(path);
  if (!match) return null;
  const file = world.content.get(BigInt.asIntN(64, BigInt(match[1]!))) ?? world.content.get(BigInt(match[1]!));
  return file ? { file, size: match[2] } : null;
}

/** Sends the bytes, no faster than the other side takes them. */
export async function sendFile(world: World, response: ServerResponse, file: WorldFile, size?: string): Promise<void> {
  const length = world.content.length(file, size) ?? 0;
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": length });
  for (let offset = 0; offset < length && !response.destroyed; ) {
    const bytes = world.content.read(file, offset, Math.min(CHUNK, length - offset), size);
    offset += bytes.length;
    if (!response.write(bytes)) {
      await new Promise<void>((resolve) => {
        response.once("drain", resolve);
        response.once("close", resolve);
      });
    }
  }
  response.end();
}

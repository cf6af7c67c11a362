/** A folder as one file, streamed: sizes above 4 GB included. The same folder gives the same bytes. */
import { createWriteStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";
import { filesOf } from "./manifest.ts";

/** Packed already: trying again costs time and wins nothing. */
const PACKED = /\.(?:jpe?g|png|webp|gif|mp4|webm|mov|mkv|mp3|m4a|ogg|oga|opus|flac|zip|gz|7z|rar|pdf|docx|xlsx|tgs)$/i;

/** Files on a FAT begin in 1980; the time of packing is no part of the content. */
const EPOCH = new Date(Date.UTC(1980, 0, 2));

/** `top` is the folder's name within the zip. Appears whole or not at all. */
export async function packZip(folder: string, zip: string, top: string, signal: AbortSignal): Promise<void> {
  const draft = `${zip}.part`;
  const packing = new yazl.ZipFile();
  for (const path of await filesOf(folder))
    packing.addFile(join(folder, path), `${top}/${path}`, {
      mtime: EPOCH,
      mode: 0o100600,
      compress: !PACKED.test(path),
    });
  packing.end();
  await pipeline(packing.outputStream, createWriteStream(draft, { mode: 0o600 }), { signal });
  const written = await open(draft, "r+");
  await written.sync();
  await written.close();
  await rename(draft, zip);
}

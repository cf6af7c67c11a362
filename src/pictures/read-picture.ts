/** A file becomes a mark. Runs in a process of its own, since what decodes pictures may fall over a hostile one. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { headerOf } from "./header.ts";
import { markOf, SQUARE } from "./mark.ts";

/** What Telegram takes as a photo, and far beyond; decoded it is four bytes a point. */
const MOST_POINTS = 50_000_000;
const MOST_BYTES = 64 * 1024 * 1024;

export type Unmarked = "missing" | "large" | "format" | "broken" | "plain";
export type PictureReading =
  | { mark: string; width: number; height: number; sha256: string }
  | { mark: null; why: Unmarked };

export async function readPicture(path: string): Promise<PictureReading> {
  const bytes = await bytesOf(path);
  if (!Buffer.isBuffer(bytes)) return { mark: null, why: bytes };
  const header = headerOf(bytes);
  if (!header) return { mark: null, why: "format" };
  const { width, height, whole } = header;
  if (!whole || width === 0 || height === 0) return { mark: null, why: "broken" };
  if (width * height > MOST_POINTS) return { mark: null, why: "large" };
  try {
    const image = await loadImage(bytes);
    const context = createCanvas(SQUARE, SQUARE).getContext("2d");
    // What is seen through is white, as on a page.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, SQUARE, SQUARE);
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, SQUARE, SQUARE);
    const mark = markOf(context.getImageData(0, 0, SQUARE, SQUARE).data);
    if (mark === null) return { mark, why: "plain" };
    return { mark, width, height, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch {
    return { mark: null, why: "broken" };
  }
}

/** Ordinary files only: a pipe would never end, and a link may lead anywhere. */
async function bytesOf(path: string): Promise<Buffer | "missing" | "large"> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch(() => null);
  if (!file) return "missing";
  try {
    const about = await file.stat();
    if (!about.isFile()) return "missing";
    return about.size > MOST_BYTES ? "large" : await file.readFile();
  } catch {
    return "missing";
  } finally {
    await file.close();
  }
}

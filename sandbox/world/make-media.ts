import { photoSizes } from "../content/store.ts";
import { hash64, seedOf } from "./random.ts";
import type { DocumentKind, WorldFile, WorldMedia } from "./types.ts";
import type { LocalWorld } from "./world.ts";

/** A file by description, for those who add single messages. */
export interface MediaInput {
  type: "photo" | DocumentKind;
  /** Bytes. */
  size: number;
  name?: string | null;
  mimeType?: string;
  /** The same key gives the same file, id and all. */
  key?: string;
  dcId?: 1 | 2;
  date?: number;
}

const mimeTypes: Record<DocumentKind, string> = {
  document: "application/octet-stream",
  video: "video/mp4",
  round: "video/mp4",
  audio: "audio/mpeg",
  voice: "audio/ogg",
  animation: "video/mp4",
  sticker: "image/webp",
};

export function makeMedia(world: LocalWorld, input: MediaInput, date: number): WorldMedia {
  const worldSeed = world.seed;
  const key = input.key ?? `#${++world.state.madeFiles}`;
  const seed = seedOf("file", worldSeed, key, input.size);
  const file: WorldFile = {
    id: BigInt.asUintN(59, hash64("file", worldSeed, key, input.size, input.type)),
    kind: input.type === "photo" ? "photo" : "document",
    seed,
    size: input.size,
    dcId: input.dcId ?? (seed % 3 === 0 ? 1 : 2),
    mimeType: input.mimeType ?? (input.type === "photo" ? "image/jpeg" : mimeTypes[input.type]),
    date: input.date ?? date,
    sizes: input.type === "photo" ? photoSizes(input.size) : [],
  };
  if (input.type === "photo") return { kind: "photo", file };
  const media = { kind: "document" as const, file, as: input.type, fileName: input.name ?? null };
  if (input.type === "video" || input.type === "animation") return { ...media, duration: 30, width: 320, height: 240 };
  if (input.type === "round") return { ...media, duration: 12, width: 240, height: 240 };
  if (input.type === "audio" || input.type === "voice") return { ...media, duration: 65 };
  if (input.type === "sticker") return { ...media, emoji: "🙂", width: 512, height: 512 };
  return media;
}

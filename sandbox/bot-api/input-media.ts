import type { DocumentKind, DocumentMedia, PhotoMedia, World } from "../world/types.ts";
import type { FileIds } from "./file-ids.ts";
import { imageSize } from "./image-size.ts";
import type { Params } from "./params.ts";
import { badRequest } from "./refusal.ts";
import type { Upload } from "./upload.ts";

export type MediaName = "photo" | "video" | "document" | "audio" | "voice" | "animation" | "video_note" | "sticker";

const PHOTO_LIMIT = 10 * 1024 * 1024;
const KINDS: Record<Exclude<MediaName, "photo">, DocumentKind> = {
  video: "video",
  document: "document",
  audio: "audio",
  voice: "voice",
  animation: "animation",
  video_note: "round",
  sticker: "sticker",
};

/** Reads the file of a sending method, or of an InputMedia (where it stands under `media`). */
export function readMedia(
  world: World,
  files: FileIds,
  params: Params,
  name: MediaName,
  field: string,
): PhotoMedia | DocumentMedia {
  const upload = params.upload(field);
  const spoiler = params.boolean("has_spoiler") ? { spoiler: true } : {};
  if (upload) {
    const made = name === "photo" ? newPhoto(world, upload) : newDocument(world, upload, params, KINDS[name]);
    return { ...made, ...spoiler };
  }
  const given = params.text(field);
  if (!given) throw badRequest(`there is no ${name.replace("_", " ")} in the request`);
  if (given.startsWith("attach://")) throw badRequest("file must be non-empty");
  // The sandbox has no way out of this machine, so a URL is a page that could not be read.
  if (/^https?:\/\//i.test(given)) throw badRequest("failed to get HTTP URL content");
  const known = files.recall(given);
  if (known.kind !== "photo" && known.kind !== "document") throw badRequest("wrong file identifier specified");
  if ((known.kind === "photo") !== (name === "photo")) {
    throw badRequest(`can't use file of type ${typeWord(known)} as ${word(name)}`);
  }
  return { ...known, ...spoiler };
}

const word = (name: string): string => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

function typeWord(media: PhotoMedia | DocumentMedia): string {
  if (media.kind === "photo") return "Photo";
  return media.as === "round" ? "VideoNote" : word(media.as === "voice" ? "voice_note" : media.as);
}

function newPhoto(world: World, upload: Upload): PhotoMedia {
  checkNotEmpty(upload);
  if (upload.bytes.length > PHOTO_LIMIT) {
    const { length } = upload.bytes;
    const limit = `the maximum size is ${PHOTO_LIMIT} bytes`;
    throw badRequest(`file "${upload.fileName}" of size ${length} bytes is too big for a photo; ${limit}`);
  }
  const size = imageSize(upload.bytes);
  if (!size) throw badRequest("IMAGE_PROCESS_FAILED");
  if (size.width + size.height > 10_000 || size.width > 20 * size.height || size.height > 20 * size.width) {
    throw badRequest("PHOTO_INVALID_DIMENSIONS");
  }
  const file = world.content.add(upload.bytes, "photo", size.mimeType);
  const shown = { type: "x" as const, width: size.width, height: size.height, bytes: upload.bytes.length };
  file.sizes.splice(0, file.sizes.length, shown);
  return { kind: "photo", file };
}

function newDocument(world: World, upload: Upload, params: Params, as: DocumentKind): DocumentMedia {
  checkNotEmpty(upload);
  const file = world.content.add(upload.bytes, "document", upload.mimeType || "application/octet-stream");
  const size = imageSize(upload.bytes);
  const length = params.integer("length", 0) || undefined;
  const width = params.integer("width", 0) || length || size?.width;
  const height = params.integer("height", 0) || length || size?.height;
  const isTimed = as !== "document" && as !== "sticker";
  return {
    kind: "document",
    file,
    as,
    fileName: upload.fileName || null,
    ...(isTimed && { duration: params.integer("duration", 0, 0) }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(params.has("performer") && { performer: params.text("performer") }),
    ...(params.has("title") && { title: params.text("title") }),
    ...(as === "sticker" && { emoji: params.text("emoji") || "🙂" }),
  };
}

function checkNotEmpty(upload: Upload): void {
  if (upload.bytes.length === 0) throw badRequest("file must be non-empty");
}

/** What a message carries, by Telegram's many names for it, as one plain kind and, where there are bytes, their place. */
import { Api } from "telegram/tl/index.js";
import type { Media } from "../../core/media.ts";
import type { RemoteFile } from "../telegram.ts";

export interface Converted {
  media: Media;
  /** Lacks the message it came with, which the caller knows. */
  file: Omit<RemoteFile, "chatId" | "messageId"> | null;
}

export const NO_MEDIA: Media = {
  type: "none",
  round: false,
  fileName: null,
  mimeType: null,
  size: null,
  fileKey: null,
  dcId: null,
  duration: null,
  width: null,
  height: null,
  restricted: false,
};

const without = (media: Partial<Media>): Converted => ({ media: { ...NO_MEDIA, ...media }, file: null });

export function convertMedia(media: Api.TypeMessageMedia | undefined, restricted: boolean): Converted {
  const { media: plain, file } = kindOf(media);
  return { media: { ...plain, restricted }, file };
}

function kindOf(media: Api.TypeMessageMedia | undefined): Converted {
  if (!media || media instanceof Api.MessageMediaEmpty) return without({});
  // A link preview is not what the author sent: the message is a text with a link in it.
  if (media instanceof Api.MessageMediaWebPage) return without({});
  if (media instanceof Api.MessageMediaPhoto) return photoOf(media.photo);
  if (media instanceof Api.MessageMediaDocument) return documentOf(media.document, media);
  return without({ type: "other", otherKind: OTHER[media.className] ?? "unsupported" });
}

/** One word for each, so that a filter can ask for polls alone; what is newer than our layer is "unsupported". */
const OTHER: Record<string, string> = {
  MessageMediaPoll: "poll",
  MessageMediaGeo: "geo",
  MessageMediaGeoLive: "geo",
  MessageMediaVenue: "venue",
  MessageMediaContact: "contact",
  MessageMediaDice: "dice",
  MessageMediaGame: "game",
  MessageMediaInvoice: "invoice",
  MessageMediaPaidMedia: "paid",
  MessageMediaStory: "story",
  MessageMediaGiveaway: "giveaway",
  MessageMediaGiveawayResults: "giveaway",
  MessageMediaUnsupported: "unsupported",
};

/** A photo that has destroyed itself has no sizes left. */
function photoOf(photo: Api.TypePhoto | undefined): Converted {
  if (!(photo instanceof Api.Photo)) return without({ type: "photo", mimeType: "image/jpeg" });
  const largest = largestSize(photo.sizes);
  if (!largest) return without({ type: "photo", mimeType: "image/jpeg" });
  const { bytes, width, height, letter } = largest;
  const id = photo.id.toString();
  return {
    media: {
      ...NO_MEDIA,
      type: "photo",
      mimeType: "image/jpeg",
      size: bytes,
      fileKey: `photo:${id}`,
      dcId: photo.dcId,
      width,
      height,
    },
    file: {
      kind: "photo",
      id,
      accessHash: photo.accessHash.toString(),
      fileReference: Uint8Array.from(photo.fileReference),
      dcId: photo.dcId,
      thumbSize: letter,
      size: bytes,
    },
  };
}

interface PhotoSize {
  letter: string;
  width: number;
  height: number;
  bytes: number | null;
}

function largestSize(sizes: readonly Api.TypePhotoSize[]): PhotoSize | null {
  const usable: PhotoSize[] = [];
  for (const size of sizes) {
    if (size instanceof Api.PhotoSize)
      usable.push({ letter: size.type, width: size.w, height: size.h, bytes: size.size });
    // The list tells how many bytes each step of refinement needs; the last one is the whole picture.
    else if (size instanceof Api.PhotoSizeProgressive)
      usable.push({ letter: size.type, width: size.w, height: size.h, bytes: Math.max(...size.sizes) });
  }
  usable.sort((a, b) => b.width * b.height - a.width * a.height || (b.bytes ?? 0) - (a.bytes ?? 0));
  return usable[0] ?? null;
}

function documentOf(document: Api.TypeDocument | undefined, flags: Api.MessageMediaDocument): Converted {
  if (!(document instanceof Api.Document)) {
    const type = flags.voice ? "voice" : flags.video || flags.round ? "video" : "document";
    return without({ type, round: flags.round === true });
  }
  const has = <T extends Api.TypeDocumentAttribute>(kind: new (args: never) => T): T | undefined =>
    document.attributes.find((attribute): attribute is T => attribute instanceof kind);
  const video = has(Api.DocumentAttributeVideo);
  const audio = has(Api.DocumentAttributeAudio);
  const image = has(Api.DocumentAttributeImageSize);
  const sticker = has(Api.DocumentAttributeSticker) ?? has(Api.DocumentAttributeCustomEmoji);
  const type = sticker
    ? "sticker"
    : has(Api.DocumentAttributeAnimated)
      ? "animation"
      : video
        ? "video"
        : audio
          ? audio.voice
            ? "voice"
            : "audio"
          : "document";
  const id = document.id.toString();
  const size = document.size.toJSNumber();
  return {
    media: {
      ...NO_MEDIA,
      type,
      round: type === "video" && video?.roundMessage === true,
      fileName: has(Api.DocumentAttributeFilename)?.fileName ?? null,
      mimeType: document.mimeType || null,
      size,
      fileKey: `document:${id}`,
      dcId: document.dcId,
      duration: video?.duration ?? audio?.duration ?? null,
      width: video?.w ?? image?.w ?? null,
      height: video?.h ?? image?.h ?? null,
    },
    file: {
      kind: "document",
      id,
      accessHash: document.accessHash.toString(),
      fileReference: Uint8Array.from(document.fileReference),
      dcId: document.dcId,
      thumbSize: "",
      size,
    },
  };
}

/** A file that has been brought up, as what it shall be shown. */
import { Api } from "telegram/tl/index.js";
import type { OutgoingFile } from "../outgoing.ts";

/** Telegram takes larger pictures as documents only. */
export const LARGEST_PHOTO = 10 * 1024 * 1024;

export function inputMedia(file: OutgoingFile, uploaded: Api.TypeInputFile, size: number): Api.TypeInputMedia {
  if (file.as === "photo" && size <= LARGEST_PHOTO) return new Api.InputMediaUploadedPhoto({ file: uploaded });
  return new Api.InputMediaUploadedDocument({
    file: uploaded,
    mimeType: file.mimeType ?? "application/octet-stream",
    attributes: attributesOf(file),
    forceFile: file.as === "document" || file.as === "photo",
    nosoundVideo: file.as === "animation",
  });
}

function attributesOf({ as, fileName, round, duration, width, height }: OutgoingFile): Api.TypeDocumentAttribute[] {
  const name = new Api.DocumentAttributeFilename({ fileName });
  const seconds = duration ?? 0;
  switch (as) {
    case "video":
    case "animation": {
      const video = new Api.DocumentAttributeVideo({
        duration: seconds,
        w: width ?? 0,
        h: height ?? 0,
        roundMessage: round === true,
        supportsStreaming: true,
      });
      return as === "animation" ? [video, new Api.DocumentAttributeAnimated(), name] : [video, name];
    }
    case "audio":
      return [new Api.DocumentAttributeAudio({ duration: Math.round(seconds) }), name];
    case "voice":
      return [new Api.DocumentAttributeAudio({ duration: Math.round(seconds), voice: true })];
    case "sticker":
      return [new Api.DocumentAttributeSticker({ alt: "", stickerset: new Api.InputStickerSetEmpty() }), name];
    default:
      return [name];
  }
}

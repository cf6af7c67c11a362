import type { TlObject } from "../../tl/value.ts";
import type { AccountView, DocumentMedia, PhotoSize, World, WorldFile } from "../../world/types.ts";

/** Files as one account may fetch them: access hash and file reference are its own. */
export function shapePhoto(world: World, view: AccountView, file: WorldFile): TlObject {
  return {
    _: "photo",
    id: file.id,
    access_hash: world.content.accessHash(view.id, file),
    file_reference: world.content.reference(view.id, file),
    date: file.date,
    sizes: file.sizes.map(shapeSize),
    dc_id: file.dcId,
  };
}

export function shapeDocument(world: World, view: AccountView, media: DocumentMedia): TlObject {
  const { file } = media;
  return {
    _: "document",
    id: file.id,
    access_hash: world.content.accessHash(view.id, file),
    file_reference: world.content.reference(view.id, file),
    date: file.date,
    mime_type: file.mimeType,
    size: file.size,
    thumbs: file.sizes.length > 0 ? file.sizes.map(shapeSize) : undefined,
    dc_id: file.dcId,
    attributes: attributesOf(media),
  };
}

function shapeSize(size: PhotoSize): TlObject {
  return { _: "photoSize", type: size.type, w: size.width, h: size.height, size: size.bytes };
}

function attributesOf(media: DocumentMedia): TlObject[] {
  const attributes: TlObject[] = [];
  const duration = media.duration ?? 0;
  const width = media.width ?? 0;
  const height = media.height ?? 0;
  switch (media.as) {
    case "video":
    case "round":
      attributes.push({
        _: "documentAttributeVideo",
        round_message: media.as === "round",
        supports_streaming: media.as === "video",
        duration,
        w: width,
        h: height,
      });
      break;
    case "animation":
      attributes.push({ _: "documentAttributeVideo", nosound: true, duration, w: width, h: height });
      attributes.push({ _: "documentAttributeAnimated" });
      break;
    case "audio":
      attributes.push({ _: "documentAttributeAudio", duration, title: media.title, performer: media.performer });
      break;
    case "voice":
      attributes.push({ _: "documentAttributeAudio", voice: true, duration, waveform: Buffer.alloc(63) });
      break;
    case "sticker":
      attributes.push({ _: "documentAttributeImageSize", w: width || 512, h: height || 512 });
      attributes.push({
        _: "documentAttributeSticker",
        alt: media.emoji ?? "",
        stickerset: { _: "inputStickerSetEmpty" },
      });
      break;
    default:
      if (width > 0) attributes.push({ _: "documentAttributeImageSize", w: width, h: height });
  }
  if (media.fileName !== null) attributes.push({ _: "documentAttributeFilename", file_name: media.fileName });
  return attributes;
}

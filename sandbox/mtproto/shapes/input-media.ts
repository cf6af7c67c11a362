import { bytesOf, flagOf, intOf, longOf, objectOf, objectsOf, type TlObject, textOf } from "../../tl/value.ts";
import type { AccountView, DocumentKind, DocumentMedia, WorldFile, WorldMedia } from "../../world/types.ts";
import { type Call, refuse } from "../rpc/call.ts";

/** What a client wants to send, as the world keeps it. */
export function readMedia(call: Call, view: AccountView, input: TlObject | undefined): WorldMedia | undefined {
  switch (input?._) {
    case undefined:
    case "inputMediaEmpty":
      return undefined;
    case "inputMediaUploadedPhoto": {
      const { bytes } = call.backend.uploads.take(view.id, objectOf(input, "file"));
      const file = call.world.content.add(bytes, "photo", "image/jpeg");
      return { kind: "photo", file, spoiler: flagOf(input, "spoiler") };
    }
    case "inputMediaUploadedDocument": {
      const { bytes, name } = call.backend.uploads.take(view.id, objectOf(input, "file"));
      const file = call.world.content.add(bytes, "document", textOf(input, "mime_type"));
      const media = documentOf(file, objectsOf(input, "attributes"), name);
      call.backend.uploads.described(media);
      return media;
    }
    case "inputMediaPhoto": {
      const file = known(call, view, objectOf(input, "id"), "inputPhoto");
      return { kind: "photo", file };
    }
    case "inputMediaDocument": {
      const file = known(call, view, objectOf(input, "id"), "inputDocument");
      const described = call.backend.uploads.descriptionOf(file.id);
      if (described) return { ...described };
      return { kind: "document", file, as: kindOfMime(file.mimeType), fileName: null };
    }
    case "inputMediaGeoPoint": {
      const point = objectOf(input, "geo_point");
      return { kind: "geo", latitude: Number(point?.lat ?? 0), longitude: Number(point?.long ?? 0) };
    }
    case "inputMediaContact":
      return {
        kind: "contact",
        phone: textOf(input, "phone_number"),
        firstName: textOf(input, "first_name"),
        lastName: textOf(input, "last_name"),
      };
    case "inputMediaDice":
      return { kind: "dice", emoji: textOf(input, "emoticon"), value: 1 + Math.floor(Math.random() * 6) };
    default:
      return refuse(400, "MEDIA_INVALID");
  }
}

function known(call: Call, view: AccountView, input: TlObject | undefined, wanted: string): WorldFile {
  const { content } = call.world;
  const file = input?._ === wanted ? content.get(longOf(input, "id")) : null;
  if (!input || !file || content.accessHash(view.id, file) !== longOf(input, "access_hash")) {
    refuse(400, "MEDIA_EMPTY");
  }
  const state = content.checkReference(view.id, file, bytesOf(input, "file_reference"));
  if (state !== "ok") refuse(400, state === "expired" ? "FILE_REFERENCE_EXPIRED" : "FILE_REFERENCE_INVALID");
  return file;
}

function kindOfMime(mime: string): DocumentKind {
  if (mime.startsWith("video/")) return "video";
  return mime.startsWith("audio/") ? "audio" : "document";
}

function documentOf(file: WorldFile, attributes: readonly TlObject[], uploadName: string): DocumentMedia {
  const media: DocumentMedia = { kind: "document", file, as: "document", fileName: uploadName || null };
  for (const attribute of attributes) {
    switch (attribute._) {
      case "documentAttributeFilename":
        media.fileName = textOf(attribute, "file_name");
        break;
      case "documentAttributeVideo":
        if (media.as !== "animation") media.as = flagOf(attribute, "round_message") ? "round" : "video";
        media.duration = Number(attribute.duration ?? 0);
        media.width = intOf(attribute, "w");
        media.height = intOf(attribute, "h");
        break;
      case "documentAttributeAudio":
        media.as = flagOf(attribute, "voice") ? "voice" : "audio";
        media.duration = intOf(attribute, "duration");
        media.title = textOf(attribute, "title");
        media.performer = textOf(attribute, "performer");
        break;
      case "documentAttributeAnimated":
        media.as = "animation";
        break;
      case "documentAttributeSticker":
        media.as = "sticker";
        media.emoji = textOf(attribute, "alt");
        break;
      default:
    }
  }
  return media;
}

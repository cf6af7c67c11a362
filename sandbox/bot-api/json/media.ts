import type { DocumentMedia, WorldFile, WorldMedia } from "../../world/types.ts";
import type { FileIds } from "../file-ids.ts";
import type { Json } from "./people.ts";

/** The fields a message gets for what it carries. A web page is no field: it is a preview of the text. */
export function mediaJson(media: WorldMedia, files: FileIds): Json {
  files.remember(media);
  switch (media.kind) {
    case "photo":
      return { photo: photoJson(media.file, files), ...(media.spoiler && { has_media_spoiler: true }) };
    case "document":
      return { ...documentJson(media, files), ...(media.spoiler && { has_media_spoiler: true }) };
    case "geo":
      return { location: locationJson(media) };
    case "venue":
      return {
        location: locationJson(media),
        venue: { location: locationJson(media), title: media.title, address: media.address },
      };
    case "contact":
      return {
        contact: {
          phone_number: media.phone,
          first_name: media.firstName,
          ...(media.lastName && { last_name: media.lastName }),
          ...(media.userId && { user_id: media.userId }),
        },
      };
    case "poll":
      return { poll: pollJson(media) };
    case "dice":
      return { dice: { emoji: media.emoji, value: media.value } };
    case "webpage":
    case "unsupported":
      return {};
  }
}

function locationJson(place: { latitude: number; longitude: number; livePeriod?: number }): Json {
  return {
    latitude: place.latitude,
    longitude: place.longitude,
    ...(place.livePeriod && { live_period: place.livePeriod }),
  };
}

function pollJson(poll: Extract<WorldMedia, { kind: "poll" }>): Json {
  const correct = poll.answers.findIndex((answer) => answer.correct);
  return {
    id: String(poll.id),
    question: poll.question,
    options: poll.answers.map((answer, index) => ({
      persistent_id: String(index),
      text: answer.text,
      voter_count: answer.voters,
    })),
    total_voter_count: poll.answers.reduce((sum, answer) => sum + answer.voters, 0),
    is_closed: poll.closed,
    is_anonymous: poll.anonymous,
    type: poll.quiz ? "quiz" : "regular",
    allows_multiple_answers: poll.multiple,
    ...(poll.quiz && correct >= 0 && { correct_option_id: correct }),
  };
}

/** All sizes of a picture, smallest first. */
export function photoJson(file: WorldFile, files: FileIds): Json[] {
  return file.sizes.map((size) => ({
    file_id: files.encode(file, size.type),
    file_unique_id: files.unique(file, size.type),
    file_size: size.bytes,
    width: size.width,
    height: size.height,
  }));
}

function documentJson(media: DocumentMedia, files: FileIds): Json {
  const { file } = media;
  const preview = media.as === "sticker" ? undefined : file.sizes[0];
  const thumbnail = preview && {
    file_id: files.encode(file, preview.type),
    file_unique_id: files.unique(file, preview.type),
    file_size: preview.bytes,
    width: preview.width,
    height: preview.height,
  };
  const base: Json = {
    ...(media.fileName && { file_name: media.fileName }),
    ...(file.mimeType && { mime_type: file.mimeType }),
    ...(thumbnail && { thumbnail, thumb: thumbnail }),
    file_id: files.encode(file),
    file_unique_id: files.unique(file),
    file_size: file.size,
  };
  const timed = { duration: Math.round(media.duration ?? 0) };
  const sized = { width: media.width ?? 0, height: media.height ?? 0 };
  switch (media.as) {
    case "document":
      return { document: base };
    case "video":
      return { video: { ...timed, ...sized, ...base } };
    case "animation":
      return { animation: { ...timed, ...sized, ...base }, document: base };
    case "audio": {
      const tags = {
        ...(media.performer && { performer: media.performer }),
        ...(media.title && { title: media.title }),
      };
      return { audio: { ...timed, ...tags, ...base } };
    }
    case "voice":
      return { voice: { ...timed, ...without(base, ["file_name", "thumbnail", "thumb"]) } };
    case "round":
      return { video_note: { ...timed, length: media.width ?? 240, ...without(base, ["file_name", "mime_type"]) } };
    case "sticker":
      return {
        sticker: {
          width: media.width ?? 512,
          height: media.height ?? 512,
          ...(media.emoji && { emoji: media.emoji }),
          is_animated: file.mimeType === "application/x-tgsticker",
          is_video: file.mimeType === "video/webm",
          type: "regular",
          ...without(base, ["file_name", "mime_type"]),
        },
      };
  }
}

function without(fields: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

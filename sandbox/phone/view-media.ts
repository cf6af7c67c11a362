import type { DocumentMedia, World, WorldFile, WorldMedia } from "../world/types.ts";

type Json = Record<string, unknown>;

/** What the page needs to show what a message carries. */
export function mediaView(world: World, media: WorldMedia): Json {
  switch (media.kind) {
    case "photo": {
      const largest = media.file.sizes.at(-1);
      return {
        kind: "photo",
        url: fileUrl(media.file),
        width: largest?.width ?? 320,
        height: largest?.height ?? 240,
        spoiler: media.spoiler === true,
      };
    }
    case "document":
      return documentView(world, media);
    case "webpage":
      return {
        kind: "webpage",
        url: media.url,
        siteName: media.siteName,
        title: media.title,
        description: media.description,
        ...(media.photo && { photo: fileUrl(media.photo) }),
      };
    case "poll": {
      const total = media.answers.reduce((sum, answer) => sum + answer.voters, 0);
      return { ...media, id: String(media.id), total };
    }
    default:
      return { ...media };
  }
}

export const fileUrl = (file: WorldFile, size?: string): string =>
  `/files/${BigInt.asUintN(64, file.id)}${size ? `/${size}` : ""}`;

function documentView(world: World, media: DocumentMedia): Json {
  const { file } = media;
  const url = fileUrl(file);
  const thumb = file.sizes[0];
  return {
    kind: media.as,
    url,
    name: media.fileName ?? "",
    mimeType: file.mimeType,
    size: world.content.length(file) ?? file.size,
    duration: media.duration ?? 0,
    width: media.width ?? thumb?.width ?? 0,
    height: media.height ?? thumb?.height ?? 0,
    performer: media.performer ?? "",
    title: media.title ?? "",
    emoji: media.emoji ?? "",
    ...(thumb && { thumb: fileUrl(file, thumb.type) }),
  };
}

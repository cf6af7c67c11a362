import type { MessageBody } from "./types.ts";

/** The kinds of message a generated history is made of; the number in the list is what its compact table keeps. */
export const KINDS = [
  "text",
  "link",
  "service",
  "photo",
  "video",
  "document",
  "audio",
  "voice",
  "round",
  "animation",
  "sticker",
  "poll",
  "geo",
  "venue",
  "contact",
  "dice",
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds that carry a file. */
export const FILE_KINDS = ["photo", "video", "document", "audio", "voice", "round", "animation", "sticker"] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const fileKinds: ReadonlySet<string> = new Set(FILE_KINDS);
export const isFileKind = (kind: Kind): kind is FileKind => fileKinds.has(kind);
/** Kinds that go into an album together. */
export const isVisual = (kind: Kind): boolean => kind === "photo" || kind === "video";

/** The kind of any message. */
export function kindOfBody(body: MessageBody): Kind | null {
  if (body.service) return "service";
  const { media } = body;
  if (!media) return body.entities.some((one) => one.type === "url" || one.type === "text_link") ? "link" : "text";
  if (media.kind === "document") return media.as;
  if (media.kind === "webpage") return "link";
  return media.kind === "unsupported" ? null : media.kind;
}

import { photoSizes } from "../content/store.ts";
import { fileIdOf } from "./file-id.ts";
import type { FileKind } from "./kinds.ts";
import { mix, pick, share } from "./random.ts";
import type { SeriesSpec } from "./series-spec.ts";
import type { DocumentKind, DocumentMedia, PhotoMedia, WorldFile } from "./types.ts";

type Sort = readonly [extension: string, mimeType: string];

const documents: readonly Sort[] = [
  ["pdf", "application/pdf"],
  ["zip", "application/zip"],
  ["txt", "text/plain"],
  ["csv", "text/csv"],
  ["json", "application/json"],
  ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["epub", "application/epub+zip"],
  ["jpg", "image/jpeg"],
  ["rar", "application/x-rar"],
  ["PDF", "application/pdf"],
];
const sorts: Record<Exclude<FileKind, "photo" | "document">, readonly Sort[]> = {
  video: [
    ["mp4", "video/mp4"],
    ["MOV", "video/quicktime"],
    ["mp4", "video/mp4"],
  ],
  audio: [
    ["mp3", "audio/mpeg"],
    ["m4a", "audio/mp4"],
    ["flac", "audio/flac"],
  ],
  voice: [["ogg", "audio/ogg"]],
  round: [["mp4", "video/mp4"]],
  animation: [["mp4", "video/mp4"]],
  sticker: [["webp", "image/webp"]],
};

/** Bytes of one file: small ones are more common than large ones. */
function sizeOf(spec: SeriesSpec, slot: number, kind: FileKind): number {
  const low = Math.max(1, spec.sizeMin);
  const high = Math.max(low, spec.sizeMax);
  const size = Math.round(low * (high / low) ** share(spec.seed, slot, 21));
  return kind === "sticker" ? Math.min(size, 64_000) : size;
}

export function seriesFile(spec: SeriesSpec, history: number, slot: number, kind: FileKind, date: number): WorldFile {
  const seed = mix(spec.seed, slot, 20);
  const size = sizeOf(spec, slot, kind);
  const base = { id: fileIdOf(history, slot), seed, size, dcId: seed % 3 === 0 ? (1 as const) : (2 as const), date };
  if (kind === "photo") return { ...base, kind, mimeType: "image/jpeg", sizes: photoSizes(size) };
  const [, mimeType] = sortOf(kind, seed);
  const sizes = kind === "video" || kind === "round" || kind === "animation" ? thumbnail(seed) : [];
  return { ...base, kind: "document", mimeType, sizes };
}

const thumbnail = (seed: number): WorldFile["sizes"] => [
  { type: "m", width: 320, height: 240, bytes: 6800 + (seed % 3000) },
];

const sortOf = (kind: Exclude<FileKind, "photo">, seed: number): Sort =>
  pick(kind === "document" ? documents : sorts[kind], seed);

/** The name part that a search looks at; null where people send no name. */
export function nameNumber(spec: SeriesSpec, slot: number, kind: FileKind): number | null {
  if (kind === "photo" || kind === "voice" || kind === "round" || kind === "sticker") return null;
  const number = mix(spec.seed, slot, 22);
  return kind === "video" && number % 3 === 0 ? null : number;
}

export function seriesMedia(
  spec: SeriesSpec,
  file: WorldFile,
  slot: number,
  kind: FileKind,
  names: readonly string[],
): PhotoMedia | DocumentMedia {
  if (kind === "photo") return { kind: "photo", file };
  const number = nameNumber(spec, slot, kind);
  const [extension] = sortOf(kind, file.seed);
  const fileName = number === null ? null : `${pick(names, number)} ${slot + 1}.${extension}`;
  const as: DocumentKind = kind;
  const media: DocumentMedia = { kind: "document", file, as, fileName };
  const seconds = 1 + (file.seed % 300);
  if (kind === "video" || kind === "animation") return { ...media, duration: seconds, width: 320, height: 240 };
  if (kind === "round") return { ...media, duration: seconds % 60, width: 240, height: 240 };
  if (kind === "voice") return { ...media, duration: seconds };
  if (kind === "sticker") return { ...media, fileName: "sticker.webp", emoji: "🙂", width: 512, height: 512 };
  if (kind === "audio") return { ...media, duration: seconds, performer: "The Lake Band", title: `Song ${slot + 1}` };
  return media;
}

/** File extensions: what a message's media would be called on disk. */
import type { Media } from "./media.ts";

const BY_MIME: Record<string, string> = {
  "application/epub+zip": "epub",
  "application/gzip": "gz",
  "application/json": "json",
  "application/msword": "doc",
  "application/ogg": "ogg",
  "application/pdf": "pdf",
  "application/rtf": "rtf",
  "application/vnd.android.package-archive": "apk",
  "application/vnd.ms-excel": "xls",
  "application/vnd.ms-powerpoint": "ppt",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.rar": "rar",
  "application/x-7z-compressed": "7z",
  "application/x-rar-compressed": "rar",
  "application/x-tar": "tar",
  "application/x-tgsticker": "tgs",
  "application/xml": "xml",
  "application/zip": "zip",
  "audio/aac": "aac",
  "audio/flac": "flac",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/mp3": "mp3",
  "audio/ogg": "ogg",
  "audio/opus": "opus",
  "audio/wav": "wav",
  "audio/x-flac": "flac",
  "audio/x-m4a": "m4a",
  "audio/x-wav": "wav",
  "image/avif": "avif",
  "image/bmp": "bmp",
  "image/gif": "gif",
  "image/heic": "heic",
  "image/jpeg": "jpg",
  "image/jpg": "jpg",
  "image/png": "png",
  "image/svg+xml": "svg",
  "image/tiff": "tiff",
  "image/webp": "webp",
  "text/calendar": "ics",
  "text/csv": "csv",
  "text/html": "html",
  "text/markdown": "md",
  "text/plain": "txt",
  "text/vcard": "vcf",
  "text/x-vcard": "vcf",
  "video/mp4": "mp4",
  "video/mpeg": "mpg",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "video/x-matroska": "mkv",
  "video/x-msvideo": "avi",
};

/** Words a command takes for an extension without a dot before them. */
export const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  ...Object.values(BY_MIME),
  ..."7z ai aab azw3 bz2 cbr cbz conf css db deb djvu dmg docm eps exe fb2 flv gpx ico ini ipa iso jar jpeg jfif js".split(
    " ",
  ),
  ..."key kml log m3u m4b m4v mid mka mobi mpeg msi odp ods oga ogv pages patch php psd py raw rpm sh sql srt ttf".split(
    " ",
  ),
  ..."tgz tif torrent ts tsv vtt webmanifest wma wmv woff woff2 xlsm xz yaml yml zst".split(" "),
]);

const BY_TYPE: Partial<Record<Media["type"], string>> = {
  photo: "jpg",
  video: "mp4",
  audio: "mp3",
  voice: "ogg",
  sticker: "webp",
  animation: "mp4",
};

/** Two spellings of one kind of file. */
const SAME_AS: Record<string, string> = {
  jpeg: "jpg",
  jfif: "jpg",
  tif: "tiff",
  htm: "html",
  mpeg: "mpg",
  yml: "yaml",
};

/** One spelling for those that have two, lower case and without the dot. */
export function plainExtension(extension: string): string {
  const lower = extension.toLowerCase().replace(/^[*.]+/, "");
  return SAME_AS[lower] ?? lower;
}

/** The extension at the end of a file name, as written and without the dot; "" if there is none. */
export function extensionOfName(fileName: string): string {
  const match = /[^.\s/\\]\.([\p{L}\p{N}_-]{1,16})$/u.exec(fileName.slice(-80));
  return match?.[1] ?? "";
}

/** The extension for media that has no file name, by its mime type or else its kind; "" if nothing is known. */
export function extensionOfType(media: Pick<Media, "type" | "mimeType">): string {
  const mime = (media.mimeType ?? "").toLowerCase().split(";")[0]?.trim() ?? "";
  return BY_MIME[mime] ?? BY_TYPE[media.type] ?? "";
}

/** The extension of a message's media in its one spelling, by name or type; "" if nothing is known. */
export function extensionOf(media: Pick<Media, "type" | "mimeType" | "fileName">): string {
  const named = media.fileName ? extensionOfName(media.fileName.trim()) : "";
  return plainExtension(named || extensionOfType(media));
}

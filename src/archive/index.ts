/** The archive room's door. Pure of databases and of Telegram: it is given messages and writes files. */
export { type ArchiveSource, finishedArchive, interruptedOrder, writeArchive } from "./archive.ts";
export { writeResult } from "./json/result-file.ts";
export { MANIFEST, type Manifest, readManifest, type Verdict, verifyArchive, writeWhole } from "./manifest.ts";
export { mediaPath } from "./place.ts";
export type * from "./types.ts";
export { packZip } from "./zip.ts";

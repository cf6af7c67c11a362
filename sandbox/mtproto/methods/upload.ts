import { bytesOf, flagOf, intOf, longOf, objectOf } from "../../tl/value.ts";
import { hashesFrom } from "../files/cdn.ts";
import { locate } from "../files/locations.ts";
import { checkRange } from "../files/ranges.ts";
import { type Method, me, refuse } from "../rpc/call.ts";

const STORAGE: Record<string, string> = {
  "image/jpeg": "storage.fileJpeg",
  "image/png": "storage.filePng",
  "image/gif": "storage.fileGif",
  "image/webp": "storage.fileWebp",
  "application/pdf": "storage.filePdf",
  "audio/mpeg": "storage.fileMp3",
  "video/mp4": "storage.fileMp4",
  "video/quicktime": "storage.fileMov",
};

function shapeHashes(hashes: ReturnType<typeof hashesFrom>) {
  return hashes.map(({ offset, limit, hash }) => ({ _: "fileHash", offset, limit, hash }));
}

export const uploadMethods: Record<string, Method> = {
  "upload.getFile": (request, call) => {
    const offset = Number(longOf(request, "offset"));
    const limit = intOf(request, "limit");
    checkRange(offset, limit, flagOf(request, "precise"));
    const located = locate(call, objectOf(request, "location"));
    const { file, size } = located;
    if (call.wantsCdn) {
      const { token, key, iv } = call.backend.cdn.offer(located);
      const file_hashes = shapeHashes(hashesFrom(call.world, located, offset - (offset % (128 * 1024))));
      const dc_id = call.dcId === 1 ? 2 : 1;
      return {
        _: "upload.fileCdnRedirect",
        dc_id,
        file_token: token,
        encryption_key: key,
        encryption_iv: iv,
        file_hashes,
      };
    }
    const bytes = call.world.content.read(file, offset, limit, size);
    call.fileBytes = bytes.length;
    const session = call.key.login?.authKeyId ?? call.key.hex;
    call.world.journal.served(file.id, size ?? "", offset, bytes.length, session);
    const type = size !== undefined && file.kind === "document" ? "image/jpeg" : file.mimeType;
    return { _: "upload.file", type: { _: STORAGE[type] ?? "storage.fileUnknown" }, mtime: file.date, bytes };
  },
  "upload.getFileHashes": (request, call) => {
    const located = locate(call, objectOf(request, "location"));
    return shapeHashes(hashesFrom(call.world, located, Number(longOf(request, "offset"))));
  },
  "upload.getCdnFile": (request, call) => {
    const found = call.backend.cdn.find(bytesOf(request, "file_token"));
    if (!found) refuse(400, "FILE_TOKEN_INVALID");
    const offset = Number(longOf(request, "offset"));
    checkRange(offset, intOf(request, "limit"), false);
    const bytes = call.backend.cdn.read(found, offset, intOf(request, "limit"));
    call.fileBytes = bytes.length;
    return { _: "upload.cdnFile", bytes };
  },
  "upload.getCdnFileHashes": (request, call) => {
    const found = call.backend.cdn.find(bytesOf(request, "file_token"));
    if (!found) refuse(400, "FILE_TOKEN_INVALID");
    return shapeHashes(hashesFrom(call.world, found, Number(longOf(request, "offset"))));
  },
  "upload.saveFilePart": (request, call) =>
    call.backend.uploads.save(
      me(call).id,
      longOf(request, "file_id"),
      intOf(request, "file_part"),
      bytesOf(request, "bytes"),
    ),
  "upload.saveBigFilePart": (request, call) =>
    call.backend.uploads.save(
      me(call).id,
      longOf(request, "file_id"),
      intOf(request, "file_part"),
      bytesOf(request, "bytes"),
      intOf(request, "file_total_parts"),
    ),
};

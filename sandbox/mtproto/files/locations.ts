import { bytesOf, flagOf, longOf, objectOf, type TlObject, textOf } from "../../tl/value.ts";
import type { WorldFile } from "../../world/types.ts";
import { type Call, me, refuse } from "../rpc/call.ts";
import { readPeer } from "../shapes/inputs.ts";

/** A file on the servers, whole or one of its pictures. */
export interface Located {
  file: WorldFile;
  size: string | undefined;
}

/** Finds what an InputFileLocation names, for an account that may have it, at the data centre that holds it. */
export function locate(call: Call, location: TlObject | undefined): Located {
  const found = find(call, location);
  if (found.file.dcId !== call.dcId) refuse(303, `FILE_MIGRATE_${found.file.dcId}`);
  return found;
}

function find(call: Call, location: TlObject | undefined): Located {
  const view = me(call);
  const { content } = call.world;
  if (location?._ === "inputPeerPhotoFileLocation") {
    const file = content.profilePhoto(readPeer(view, objectOf(location, "peer")));
    if (file.id !== longOf(location, "photo_id")) refuse(400, "LOCATION_INVALID");
    const sizes = file.sizes;
    return { file, size: (flagOf(location, "big") ? sizes.at(-1) : sizes[0])?.type };
  }
  const photo = location?._ === "inputPhotoFileLocation";
  if (!location || (!photo && location._ !== "inputDocumentFileLocation")) refuse(400, "LOCATION_INVALID");
  const file = content.get(longOf(location, "id"));
  if (!file || (file.kind === "photo") !== photo) refuse(400, "FILE_ID_INVALID");
  if (content.accessHash(view.id, file) !== longOf(location, "access_hash")) refuse(400, "FILE_ID_INVALID");
  // Another data centre cannot tell whether the reference is good; the one that holds the file does.
  if (file.dcId === call.dcId) checkReference(call, view.id, file, bytesOf(location, "file_reference"));
  const size = textOf(location, "thumb_size");
  if (photo && size === "") refuse(400, "LOCATION_INVALID");
  if (size !== "" && content.length(file, size) === null) refuse(400, "LOCATION_INVALID");
  return { file, size: size === "" ? undefined : size };
}

function checkReference(call: Call, accountId: number, file: WorldFile, reference: Buffer): void {
  if (reference.length === 0) refuse(400, "FILE_REFERENCE_EMPTY");
  const state = call.world.content.checkReference(accountId, file, reference);
  if (state === "expired") refuse(400, "FILE_REFERENCE_EXPIRED");
  if (state === "invalid") refuse(400, "FILE_REFERENCE_INVALID");
}

/** One part of a file, from the data centre that has it. */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import { FileError } from "../../core/errors.ts";
import type { RemoteFile } from "../telegram.ts";
import type { Caller } from "./caller.ts";
import { faultOf, migrationOf } from "./errors.ts";

/** A slow line may need long for a megabyte; one that is silent is noticed sooner, by its silence. */
const DEADLINE_MS = 60_000;
const MOVES_REMEMBERED = 10_000;
const MOVES_IN_A_ROW = 3;

export class FileReader {
  readonly #caller: Caller;
  /** Files that turned out to be elsewhere than their message says. */
  readonly #moved = new Map<string, number>();

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async part(file: RemoteFile, offset: number, limit: number, signal: AbortSignal): Promise<Uint8Array> {
    const request = new Api.upload.GetFile({
      precise: true,
      location: locationOf(file),
      offset: bigInt(offset),
      limit,
    });
    for (let moves = 0; ; moves++) {
      const dcId = this.#moved.get(file.id) ?? file.dcId;
      try {
        const answer = await this.#caller.call(request, { signal, dcId, lane: "files", deadlineMs: DEADLINE_MS });
        if (answer instanceof Api.upload.File) return answer.bytes;
        throw new FileError("Telegram gives this file by a content network only, which is not supported.");
      } catch (error) {
        const fault = faultOf(error);
        const elsewhere = fault && migrationOf(fault);
        if (!elsewhere || moves >= MOVES_IN_A_ROW) throw error;
        this.#remember(file.id, elsewhere);
      }
    }
  }

  #remember(fileId: string, dcId: number): void {
    this.#moved.set(fileId, dcId);
    if (this.#moved.size <= MOVES_REMEMBERED) return;
    const [oldest] = this.#moved.keys();
    this.#moved.delete(oldest!);
  }
}

function locationOf(file: RemoteFile): Api.TypeInputFileLocation {
  const common = {
    id: bigInt(file.id),
    accessHash: bigInt(file.accessHash),
    fileReference: Buffer.from(file.fileReference),
    thumbSize: file.thumbSize,
  };
  return file.kind === "photo" ? new Api.InputPhotoFileLocation(common) : new Api.InputDocumentFileLocation(common);
}

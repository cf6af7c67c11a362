import { createHash } from "node:crypto";
import { intOf, longOf, type TlObject, textOf } from "../../tl/value.ts";
import type { DocumentMedia } from "../../world/types.ts";
import { refuse } from "../rpc/call.ts";

const MAX_PART = 512 * 1024;
const MAX_PARTS = 8000;
const MAX_KEPT = 50;
const MAX_DESCRIBED = 10_000;

/** Parts of files that clients are sending. */
export class Uploads {
  readonly #files = new Map<string, Map<number, Buffer>>();
  readonly #described = new Map<bigint, DocumentMedia>();

  /** A document keeps its name and attributes, whoever sends it on by its id. */
  described(media: DocumentMedia): void {
    this.#described.set(media.file.id, media);
    if (this.#described.size <= MAX_DESCRIBED) return;
    const [oldest] = this.#described.keys();
    this.#described.delete(oldest!);
  }

  descriptionOf(fileId: bigint): DocumentMedia | null {
    return this.#described.get(fileId) ?? null;
  }

  save(accountId: number, fileId: bigint, part: number, bytes: Buffer, total?: number): true {
    if (part < 0 || part >= MAX_PARTS) refuse(400, "FILE_PART_INVALID");
    if (total !== undefined && (total < -1 || total > MAX_PARTS)) refuse(400, "FILE_PARTS_INVALID");
    if (bytes.length === 0) refuse(400, "FILE_PART_EMPTY");
    if (bytes.length > MAX_PART) refuse(400, "FILE_PART_TOO_BIG");
    const name = `${accountId}:${fileId}`;
    let parts = this.#files.get(name);
    if (!parts) {
      parts = new Map();
      this.#files.set(name, parts);
      if (this.#files.size > MAX_KEPT) {
        const [oldest] = this.#files.keys();
        this.#files.delete(oldest!);
      }
    }
    parts.set(part, Buffer.from(bytes));
    return true;
  }

  /** The whole file that an InputFile names. */
  take(accountId: number, input: TlObject | undefined): { bytes: Buffer; name: string } {
    if (input?._ !== "inputFile" && input?._ !== "inputFileBig") refuse(400, "MEDIA_INVALID");
    const name = `${accountId}:${longOf(input, "id")}`;
    const parts = this.#files.get(name);
    const count = intOf(input, "parts");
    if (!parts || count < 1 || count > MAX_PARTS) refuse(400, "FILE_PARTS_INVALID");
    const whole: Buffer[] = [];
    for (let part = 0; part < count; part++) whole.push(parts.get(part) ?? refuse(400, `FILE_PART_${part}_MISSING`));
    checkSizes(whole);
    const bytes = Buffer.concat(whole);
    const checksum = textOf(input, "md5_checksum");
    if (checksum !== "" && createHash("md5").update(bytes).digest("hex") !== checksum) {
      refuse(400, "MD5_CHECKSUM_INVALID");
    }
    this.#files.delete(name);
    return { bytes, name: textOf(input, "name") };
  }
}

/** All parts but the last are of one size, which divides 512 KiB and is made of whole KiB. */
function checkSizes(parts: readonly Buffer[]): void {
  const size = parts[0]!.length;
  if (parts.length > 1 && (size % 1024 !== 0 || MAX_PART % size !== 0)) refuse(400, "FILE_PART_SIZE_INVALID");
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (last ? part.length > size : part.length !== size) refuse(400, "FILE_PART_SIZE_CHANGED");
  }
}

import type { WorldFile, WorldMedia } from "../world/types.ts";
import { badRequest } from "./refusal.ts";

export type FilePart = { fileId: bigint; size: string };

/** Gives files their Bot API names: each bot has its own, and a name is enough to send the file again. */
export class FileIds {
  private readonly botId: number;
  private readonly seen = new Map<bigint, WorldMedia>();

  constructor(botId: number) {
    this.botId = botId;
  }

  /** The file_id of a file, or of one of its smaller pictures ("" for the file itself). */
  encode(file: WorldFile, size = ""): string {
    const bytes = Buffer.alloc(18);
    bytes.writeUInt8(file.kind === "photo" ? 2 : 5, 0);
    bytes.writeUInt8(size.charCodeAt(0) || 0, 1);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, file.id), 2);
    bytes.writeBigUInt64BE(BigInt(this.botId), 10);
    return `AgAC${bytes.toString("base64url")}`;
  }

  /** Equal for every bot, and for the same file sent again. */
  unique(file: WorldFile, size = ""): string {
    const bytes = Buffer.alloc(9);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, file.id), 0);
    bytes.writeUInt8(size.charCodeAt(0) || 0, 8);
    return `AQAD${bytes.toString("base64url")}`;
  }

  decode(fileId: string): FilePart | null {
    if (!fileId.startsWith("AgAC")) return null;
    const bytes = Buffer.from(fileId.slice(4), "base64url");
    if (bytes.length !== 18 || bytes.readBigUInt64BE(10) !== BigInt(this.botId)) return null;
    const letter = bytes.readUInt8(1);
    return { fileId: BigInt.asIntN(64, bytes.readBigUInt64BE(2)), size: letter ? String.fromCharCode(letter) : "" };
  }

  /** Keeps how a file was shown, so that its name alone is enough to send it again. */
  remember(media: WorldMedia): void {
    if (media.kind === "photo" || media.kind === "document") this.seen.set(media.file.id, media);
  }

  recall(fileId: string): WorldMedia {
    const part = this.decode(fileId);
    const media = part && this.seen.get(part.fileId);
    if (!media) throw badRequest("wrong file identifier/HTTP URL specified");
    return media;
  }
}

import { randomBytes, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ByteQueue } from "./byte-queue.ts";

/** How packets are told apart on a TCP stream. */
export interface Framing {
  readonly name: "full" | "abridged" | "intermediate" | "padded";
  /** The next whole packet, or nothing yet. Throws BadFrame when the stream can make no sense. */
  read(queue: ByteQueue): Buffer | undefined;
  /** What goes before and after a payload that is given in pieces. */
  wrap(pieces: Buffer[]): Buffer[];
}

export class BadFrame extends Error {
  override name = "BadFrame";
}

const MAX_PACKET = 2 * 1024 * 1024;
const QUICK_ACK = 0x80000000;

function checked(length: number): number {
  if (length > MAX_PACKET) throw new BadFrame(`A packet of ${length} bytes is too long.`);
  return length;
}

function total(pieces: Buffer[]): number {
  let sum = 0;
  for (const piece of pieces) sum += piece.length;
  return sum;
}

export class AbridgedFraming implements Framing {
  readonly name = "abridged";

  read(queue: ByteQueue): Buffer | undefined {
    if (queue.length < 1) return undefined;
    // The high bit asks for a quick acknowledgement, which a server may leave out.
    let words = queue.peek(1)[0]! & 0x7f;
    let head = 1;
    if (words === 0x7f) {
      if (queue.length < 4) return undefined;
      words = queue.peek(4).readUIntLE(1, 3);
      head = 4;
    }
    const length = checked(words * 4);
    if (queue.length < head + length) return undefined;
    queue.skip(head);
    return queue.take(length);
  }

  wrap(pieces: Buffer[]): Buffer[] {
    const words = total(pieces) >> 2;
    if (words < 0x7f) return [Buffer.from([words]), ...pieces];
    const head = Buffer.alloc(4);
    head.writeUInt32LE(((words << 8) | 0x7f) >>> 0);
    return [head, ...pieces];
  }
}

export class IntermediateFraming implements Framing {
  readonly name: "intermediate" | "padded";

  constructor(name: "intermediate" | "padded" = "intermediate") {
    this.name = name;
  }

  read(queue: ByteQueue): Buffer | undefined {
    if (queue.length < 4) return undefined;
    const length = checked(queue.peek(4).readUInt32LE(0) & ~QUICK_ACK);
    if (queue.length < 4 + length) return undefined;
    queue.skip(4);
    return queue.take(length);
  }

  wrap(pieces: Buffer[]): Buffer[] {
    const padding = this.name === "padded" ? randomBytes(randomInt(16)) : undefined;
    const head = Buffer.alloc(4);
    head.writeUInt32LE(total(pieces) + (padding?.length ?? 0));
    return padding ? [head, ...pieces, padding] : [head, ...pieces];
  }
}

export class FullFraming implements Framing {
  readonly name = "full";
  #received = 0;
  #sent = 0;

  read(queue: ByteQueue): Buffer | undefined {
    if (queue.length < 4) return undefined;
    const length = checked(queue.peek(4).readUInt32LE(0));
    if (length < 12 || length % 4 !== 0) throw new BadFrame(`A full packet cannot be ${length} bytes long.`);
    if (queue.length < length) return undefined;
    const packet = queue.take(length);
    if (crc32(packet.subarray(0, -4)) !== packet.readUInt32LE(length - 4)) throw new BadFrame("A wrong checksum.");
    if (packet.readUInt32LE(4) !== this.#received++) throw new BadFrame("A packet out of order.");
    return packet.subarray(8, -4);
  }

  wrap(pieces: Buffer[]): Buffer[] {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(total(pieces) + 12);
    head.writeUInt32LE(this.#sent++, 4);
    let sum = crc32(head);
    for (const piece of pieces) sum = crc32(piece, sum);
    const tail = Buffer.alloc(4);
    tail.writeUInt32LE(sum);
    return [head, ...pieces, tail];
  }
}

/** The few TL forms that are read and written by hand: those before there is a key, and so before GramJS's classes. */
import { LineBroken } from "./fault.ts";

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}

export function tlString(value: Buffer): Buffer {
  const head =
    value.length < 254
      ? Buffer.from([value.length])
      : Buffer.from([254, value.length & 255, (value.length >> 8) & 255, value.length >> 16]);
  return Buffer.concat([head, value, Buffer.alloc((4 - ((head.length + value.length) % 4)) % 4)]);
}

export class TlReader {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#data.length) throw new LineBroken("An answer that ends too early.");
    this.#at += length;
    return this.#data.subarray(this.#at - length, this.#at);
  }

  int(): number {
    return this.bytes(4).readInt32LE(0);
  }

  string(): Buffer {
    let length = this.bytes(1).readUInt8(0);
    const head = length === 254 ? 4 : 1;
    if (length === 254) length = this.bytes(3).readUIntLE(0, 3);
    const value = this.bytes(length);
    this.bytes((4 - ((head + length) % 4)) % 4);
    return value;
  }

  /** A boxed vector of long, each as its eight bytes. */
  longs(): Buffer[] {
    this.expect(0x1cb5c415, "Vector");
    return Array.from({ length: this.int() }, () => Buffer.from(this.bytes(8)));
  }

  expect(wanted: number, name: string): void {
    const found = this.bytes(4).readUInt32LE(0);
    if (found !== wanted) throw new LineBroken(`Expected ${name}, got ${found.toString(16)}.`);
  }

  /** Reads a server_DH_inner_data away and answers with its length, which its padding hides. */
  skipDhInnerData(): number {
    this.bytes(4 + 16 + 16 + 4);
    this.string();
    this.string();
    this.bytes(4);
    return this.#at;
  }
}

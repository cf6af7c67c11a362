import { unzipSync } from "node:zlib";
import type { TlConstructor, TlType } from "./parse.ts";
import { BOOL_FALSE_ID, BOOL_TRUE_ID, type Schema, VECTOR_ID } from "./schema.ts";
import { TlError, type TlObject, type TlValue } from "./value.ts";

export const GZIP_ID = 0x3072cfa1;
const MAX_UNPACKED = 16 * 1024 * 1024;

/** Reads TL values off a buffer; every read past the end is an error, never garbage. */
export class TlReader {
  readonly buffer: Buffer;
  position = 0;
  readonly #schema: Schema;

  constructor(buffer: Buffer, schema: Schema, position = 0) {
    this.buffer = buffer;
    this.#schema = schema;
    this.position = position;
  }

  get left(): number {
    return this.buffer.length - this.position;
  }

  #take(length: number): number {
    const start = this.position;
    if (length < 0 || start + length > this.buffer.length) throw new TlError("INPUT_FETCH_FAIL");
    this.position = start + length;
    return start;
  }

  id(): number {
    return this.buffer.readUInt32LE(this.#take(4));
  }

  int(): number {
    return this.buffer.readInt32LE(this.#take(4));
  }

  long(): bigint {
    return this.buffer.readBigInt64LE(this.#take(8));
  }

  raw(length: number): Buffer {
    const start = this.#take(length);
    return this.buffer.subarray(start, start + length);
  }

  bytes(): Buffer {
    let length = this.buffer.readUInt8(this.#take(1));
    let head = 1;
    if (length === 255) throw new TlError("INPUT_FETCH_FAIL");
    if (length === 254) {
      length = this.buffer.readUIntLE(this.#take(3), 3);
      head = 4;
    }
    const data = this.raw(length);
    this.#take((4 - ((head + length) % 4)) % 4);
    return data;
  }

  /** A boxed object of any type, or a method. */
  object(): TlObject {
    const id = this.id();
    if (id === GZIP_ID) {
      const inner = new TlReader(gunzip(this.bytes()), this.#schema);
      return inner.object();
    }
    const form = this.#schema.withId(id);
    if (!form) throw new TlError(`INPUT_CONSTRUCTOR_INVALID_${id.toString(16)}`);
    return this.bare(form);
  }

  bare(form: TlConstructor): TlObject {
    const object: TlObject = { _: form.name };
    const flags: Record<string, number> = {};
    for (const param of form.params) {
      if (param.type.kind === "flags") flags[param.name] = this.int();
      else if (!param.flag || (flags[param.flag.field]! & (1 << param.flag.bit)) !== 0) {
        object[param.name] = this.value(param.type);
      }
    }
    return object;
  }

  value(type: TlType): TlValue {
    switch (type.kind) {
      case "int":
      case "flags":
        return this.int();
      case "long":
        return this.long();
      case "double":
        return this.buffer.readDoubleLE(this.#take(8));
      case "string":
        return this.bytes().toString("utf8");
      case "bytes":
        return this.bytes();
      case "int128":
        return this.raw(16);
      case "int256":
        return this.raw(32);
      case "true":
        return true;
      case "Bool":
        return this.#bool();
      case "vector":
        return this.#vector(type.item, type.bare);
      case "bare": {
        const form = this.#schema.readable(type.name);
        if (!form) throw new TlError("INPUT_FETCH_FAIL");
        return this.bare(form);
      }
      case "object":
      case "query":
        return this.object();
    }
  }

  #bool(): boolean {
    const id = this.id();
    if (id !== BOOL_TRUE_ID && id !== BOOL_FALSE_ID) throw new TlError("INPUT_FETCH_FAIL");
    return id === BOOL_TRUE_ID;
  }

  #vector(item: TlType, bare: boolean): TlValue[] {
    if (!bare && this.id() !== VECTOR_ID) throw new TlError("INPUT_FETCH_FAIL");
    const count = this.int();
    // A count that cannot fit would only make us allocate.
    if (count < 0 || count * 4 > this.left) throw new TlError("INPUT_FETCH_FAIL");
    const items: TlValue[] = [];
    for (let index = 0; index < count; index++) items.push(this.value(item));
    return items;
  }
}

/** Packed requests come in gzip's form or in that of zlib, according to the client. */
export function gunzip(packed: Buffer): Buffer {
  try {
    return unzipSync(packed, { maxOutputLength: MAX_UNPACKED });
  } catch {
    throw new TlError("INPUT_FETCH_FAIL");
  }
}

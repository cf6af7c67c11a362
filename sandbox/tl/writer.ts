import { defaultOf } from "./defaults.ts";
import type { TlConstructor, TlParam, TlType } from "./parse.ts";
import { BOOL_FALSE_ID, BOOL_TRUE_ID, type Schema, VECTOR_ID } from "./schema.ts";
import { isTlObject, TlError, type TlObject, type TlValue } from "./value.ts";

/**
 * Writes TL values in one layer. Fields that the layer does not know are dropped and required ones that are missing
 * get an empty value, so one description of a message serves clients of several layers.
 */
export class TlWriter {
  readonly #schema: Schema;
  #buffer: Buffer;
  #length = 0;

  constructor(schema: Schema, size = 512) {
    this.#schema = schema;
    this.#buffer = Buffer.allocUnsafe(size);
  }

  /** What was written so far; valid until the next write. */
  result(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #room(length: number): number {
    const start = this.#length;
    const end = start + length;
    if (end > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, start);
      this.#buffer = larger;
    }
    this.#length = end;
    return start;
  }

  id(id: number): this {
    const at = this.#room(4);
    this.#buffer.writeUInt32LE(id, at);
    return this;
  }

  int(value: number): this {
    const at = this.#room(4);
    this.#buffer.writeInt32LE(value | 0, at);
    return this;
  }

  long(value: bigint): this {
    const at = this.#room(8);
    this.#buffer.writeBigInt64LE(BigInt.asIntN(64, value), at);
    return this;
  }

  raw(data: Uint8Array): this {
    const at = this.#room(data.length);
    this.#buffer.set(data, at);
    return this;
  }

  bytes(data: Uint8Array): this {
    const head = data.length < 254 ? 1 : 4;
    const padding = (4 - ((head + data.length) % 4)) % 4;
    const at = this.#room(head + data.length + padding);
    if (head === 1) this.#buffer[at] = data.length;
    else this.#buffer.writeUInt32LE(((data.length << 8) | 254) >>> 0, at);
    this.#buffer.set(data, at + head);
    this.#buffer.fill(0, at + head + data.length, this.#length);
    return this;
  }

  object(object: TlObject): this {
    const form = this.#schema.named(object._);
    if (!form) throw new TlError(`Layer ${this.#schema.layer} has no ${object._}`);
    this.id(form.id);
    return this.#fields(form, object);
  }

  #fields(form: TlConstructor, object: TlObject): this {
    const flags = form.dependents.map((dependents) => flagsOf(dependents, object));
    let slot = 0;
    let current = "";
    try {
      for (const param of form.params) {
        current = param.name;
        if (param.type.kind === "flags") this.int(flags[slot++]!);
        else if (!param.flag || (flags[param.flag.slot]! & (1 << param.flag.bit)) !== 0) {
          this.value(param.type, object[param.name] ?? defaultOf(this.#schema, param.type));
        }
      }
    } catch (error) {
      if (error instanceof TlError) throw new TlError(`${form.name}.${current}: ${error.message}`);
      throw error;
    }
    return this;
  }

  value(type: TlType, value: TlValue): this {
    switch (type.kind) {
      case "int":
      case "flags":
        return this.int(Number(value));
      case "long":
        return this.long(typeof value === "bigint" ? value : BigInt(value as number | string));
      case "double": {
        const at = this.#room(8);
        this.#buffer.writeDoubleLE(Number(value), at);
        return this;
      }
      case "string":
        return this.bytes(value instanceof Uint8Array ? value : Buffer.from(String(value), "utf8"));
      case "bytes":
        return this.bytes(asBytes(value));
      case "int128":
      case "int256":
        return this.raw(asBytes(value));
      case "true":
        return this;
      case "Bool":
        return this.id(value === true ? BOOL_TRUE_ID : BOOL_FALSE_ID);
      case "vector":
        if (!Array.isArray(value)) throw new TlError("a vector is wanted");
        if (!type.bare) this.id(VECTOR_ID);
        this.int(value.length);
        for (const item of value) this.value(type.item, item);
        return this;
      case "bare": {
        const form = this.#schema.named(type.name);
        if (!form || !isTlObject(value)) throw new TlError(`${type.name} is wanted`);
        return this.#fields(form, value);
      }
      case "object":
      case "query":
        if (!isTlObject(value)) throw new TlError(`an object is wanted, ${typeof value} was given`);
        return this.object(value);
    }
  }
}

function flagsOf(dependents: readonly TlParam[], object: TlObject): number {
  let flags = 0;
  for (const param of dependents) if (isPresent(param, object[param.name])) flags |= 1 << param.flag!.bit;
  return flags;
}

function isPresent(param: TlParam, value: TlValue): boolean {
  if (param.type.kind === "true") return value === true;
  return value !== undefined && value !== null;
}

function asBytes(value: TlValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TlError("bytes are wanted");
}

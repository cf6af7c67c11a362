import type { IncomingMessage, ServerResponse } from "node:http";

/** JSON in and out; 64-bit numbers travel as decimal digits, bytes as their length. */

export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return String(inner);
    if (inner instanceof Map) return [...inner.values()];
    return inner instanceof Uint8Array ? `${inner.length} bytes` : inner;
  }) ?? "null";

export function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(toJson(value));
}

const BODY_MAX = 64 * 1024 * 1024;

/** A request that cannot be understood; the text says what to write instead. */
export class BadRequest extends Error {
  override name = "BadRequest";
}

export async function readJson(request: IncomingMessage): Promise<Fields> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY_MAX) throw new BadRequest("The body is larger than 64 MB.");
    parts.push(part);
  }
  if (length === 0) return new Fields({});
  const value = parse(Buffer.concat(parts).toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadRequest('The body must be a JSON object such as {"text":"/start"}.');
  }
  return new Fields(value as Record<string, unknown>);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest("The body is not JSON.");
  }
}

/** Named values of a request, read with their types checked. */
export class Fields {
  readonly raw: Record<string, unknown>;
  constructor(raw: Record<string, unknown>) {
    this.raw = raw;
  }

  static of(query: URLSearchParams): Fields {
    return new Fields(Object.fromEntries(query));
  }

  has(name: string): boolean {
    return this.raw[name] !== undefined && this.raw[name] !== null;
  }

  text(name: string, otherwise?: string): string {
    const value = this.raw[name] ?? otherwise;
    if (typeof value !== "string") throw new BadRequest(`"${name}" must be a text.`);
    return value;
  }

  number(name: string, otherwise?: number): number {
    const value = this.raw[name] ?? otherwise;
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isFinite(number)) throw new BadRequest(`"${name}" must be a number.`);
    return number;
  }

  flag(name: string): boolean {
    return this.raw[name] === true || this.raw[name] === "true";
  }

  numbers(name: string): number[] {
    const value = this.raw[name];
    const list = Array.isArray(value) ? value : [value];
    if (!list.every((one): one is number => typeof one === "number"))
      throw new BadRequest(`"${name}" must be numbers.`);
    return list;
  }

  list(name: string): Fields[] {
    const value = this.raw[name];
    if (!Array.isArray(value)) throw new BadRequest(`"${name}" must be a list.`);
    return value.map((one: unknown) => {
      if (typeof one !== "object" || one === null) throw new BadRequest(`"${name}" must be a list of objects.`);
      return new Fields(one as Record<string, unknown>);
    });
  }

  object(name: string): Fields {
    const value = this.raw[name];
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new BadRequest(`"${name}" must be an object.`);
    }
    return new Fields(value as Record<string, unknown>);
  }

  optional<Value>(name: string, read: (name: string) => Value): Value | undefined {
    return this.has(name) ? read(name) : undefined;
  }
}

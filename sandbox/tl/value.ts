/** A TL value as the sandbox holds it: plain data, the constructor's name under "_". */
export type TlValue = number | bigint | string | boolean | Uint8Array | null | undefined | TlObject | TlValue[];

export interface TlObject {
  _: string;
  [field: string]: TlValue;
}

/** What the far end sent cannot be read, or what we answer does not fit the schema. */
export class TlError extends Error {
  override name = "TlError";
}

export function isTlObject(value: TlValue): value is TlObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

// Typed reads of a decoded request. The codec has checked the types already; an absent optional field gives the default.

export function intOf(object: TlObject, field: string, otherwise = 0): number {
  const value = object[field];
  return typeof value === "number" ? value : otherwise;
}

export function longOf(object: TlObject, field: string, otherwise = 0n): bigint {
  const value = object[field];
  return typeof value === "bigint" ? value : otherwise;
}

/** A long that is an id: users, chats and channels fit in 53 bits. */
export function idOf(object: TlObject, field: string): number {
  return Number(longOf(object, field));
}

export function textOf(object: TlObject, field: string): string {
  const value = object[field];
  return typeof value === "string" ? value : "";
}

export function bytesOf(object: TlObject, field: string): Buffer {
  const value = object[field];
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.alloc(0);
}

export function flagOf(object: TlObject, field: string): boolean {
  return object[field] === true;
}

export function objectOf(object: TlObject, field: string): TlObject | undefined {
  const value = object[field];
  return isTlObject(value) ? value : undefined;
}

export function objectsOf(object: TlObject, field: string): TlObject[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter(isTlObject) : [];
}

export function intsOf(object: TlObject, field: string): number[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

export function longsOf(object: TlObject, field: string): bigint[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === "bigint") : [];
}

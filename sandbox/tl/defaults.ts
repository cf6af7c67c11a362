import type { TlConstructor, TlType } from "./parse.ts";
import type { Schema } from "./schema.ts";
import { TlError, type TlObject, type TlValue } from "./value.ts";

const emptyObjects = new WeakMap<Schema, Map<string, TlObject | null>>();

/** What stands for a required field that the answer did not name: zero, nothing, or the emptiest constructor. */
export function defaultOf(schema: Schema, type: TlType): TlValue {
  switch (type.kind) {
    case "int":
    case "flags":
    case "double":
      return 0;
    case "long":
      return 0n;
    case "string":
      return "";
    case "bytes":
      return Buffer.alloc(0);
    case "int128":
      return Buffer.alloc(16);
    case "int256":
      return Buffer.alloc(32);
    case "true":
    case "Bool":
      return false;
    case "vector":
      return [];
    case "object": {
      const object = emptyOf(schema, type.type);
      if (object) return object;
      break;
    }
    default:
  }
  throw new TlError("a required value is missing");
}

/** A constructor that needs nothing else: one named "…Empty" if there is one, else the first that can be empty. */
function emptyOf(schema: Schema, type: string): TlObject | null {
  let known = emptyObjects.get(schema);
  if (!known) {
    known = new Map();
    emptyObjects.set(schema, known);
  }
  const cached = known.get(type);
  if (cached !== undefined) return cached;
  known.set(type, null); // A type that needs itself has no empty form.
  const candidates = [...schema.ofType(type)].sort((a, b) => rank(a) - rank(b));
  const found = candidates.find((candidate) => canBeEmpty(schema, candidate));
  const object = found ? { _: found.name } : null;
  known.set(type, object);
  return object;
}

function rank(form: TlConstructor): number {
  return /Empty$/.test(form.name) ? 0 : 1 + form.params.length;
}

function canBeEmpty(schema: Schema, form: TlConstructor): boolean {
  return form.params.every(
    (param) => param.flag || param.type.kind !== "object" || emptyOf(schema, param.type.type) !== null,
  );
}

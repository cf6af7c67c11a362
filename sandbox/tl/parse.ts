/** Reads Telegram's own notation, `name#id field:type = Type;`, into constructors and methods. */

export type TlType =
  | {
      kind: "int" | "long" | "double" | "string" | "bytes" | "int128" | "int256" | "Bool" | "true" | "flags" | "query";
    }
  | { kind: "object"; type: string }
  | { kind: "bare"; name: string }
  | { kind: "vector"; bare: boolean; item: TlType };

export interface TlParam {
  name: string;
  type: TlType;
  /** Present only when this bit of that flags field is set; `slot` counts the flags fields of the form. */
  flag?: { field: string; bit: number; slot: number };
}

export interface TlConstructor {
  name: string;
  /** Unsigned. */
  id: number;
  params: TlParam[];
  /** For each flags field, in order, the fields that depend on it. */
  dependents: TlParam[][];
  /** The type it belongs to, or the type a method answers with. */
  result: TlType;
  method: boolean;
}

const SCALARS = new Set(["int", "long", "double", "string", "bytes", "int128", "int256", "Bool", "true"]);

function parseType(text: string): TlType {
  if (text === "#") return { kind: "flags" };
  if (text === "!X" || text === "X") return { kind: "query" };
  const vector = /^(Vector|vector)<(.+)>$/.exec(text);
  if (vector) return { kind: "vector", bare: vector[1] === "vector", item: parseType(vector[2]!) };
  if (SCALARS.has(text)) return { kind: text } as TlType;
  const last = text.slice(text.lastIndexOf(".") + 1);
  if (/^[a-z]/.test(last)) return { kind: "bare", name: text };
  return { kind: "object", type: text };
}

function parseParam(text: string): TlParam {
  const colon = text.indexOf(":");
  const name = text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const optional = /^(\w+)\.(\d+)\?(.+)$/.exec(rest);
  if (!optional) return { name, type: parseType(rest) };
  return { name, type: parseType(optional[3]!), flag: { field: optional[1]!, bit: Number(optional[2]), slot: 0 } };
}

/** Ties optional fields to the flags field that announces them. */
function dependentsOf(params: readonly TlParam[]): TlParam[][] {
  const fields = params.filter((param) => param.type.kind === "flags").map((param) => param.name);
  const dependents: TlParam[][] = fields.map(() => []);
  for (const param of params) {
    if (!param.flag) continue;
    param.flag.slot = fields.indexOf(param.flag.field);
    dependents[param.flag.slot]!.push(param);
  }
  return dependents;
}

export function parseSchema(text: string): TlConstructor[] {
  const found: TlConstructor[] = [];
  let method = false;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line === "" || line.startsWith("//")) continue;
    if (line === "---functions---") method = true;
    else if (line === "---types---") method = false;
    else {
      const match = /^([\w.]+)#([0-9a-f]+) (.*)= ([^;]+);$/.exec(line);
      if (!match) throw new Error(`This line of a schema is not understood: ${line}`);
      const params = match[3]!.split(" ").filter(Boolean).map(parseParam);
      found.push({
        name: match[1]!,
        id: Number.parseInt(match[2]!, 16),
        params,
        dependents: dependentsOf(params),
        result: parseType(match[4]!.trim()),
        method,
      });
    }
  }
  return found;
}

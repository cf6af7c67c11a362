import { readFileSync } from "node:fs";
import { parseSchema, type TlConstructor } from "./parse.ts";

export const VECTOR_ID = 0x1cb5c415;
export const BOOL_TRUE_ID = 0x997275b5;
export const BOOL_FALSE_ID = 0xbc799737;

/** One layer of the protocol, looked up by name (to write) and by id (to read). */
export class Schema {
  readonly layer: number;
  readonly all: TlConstructor[];
  readonly #byName = new Map<string, TlConstructor>();
  readonly #byId = new Map<number, TlConstructor>();
  readonly #byType = new Map<string, TlConstructor[]>();
  /** Where an id is looked up that this layer does not know: a client may be a little newer or older than its number. */
  #others: Schema[] = [];

  constructor(layer: number, text: string) {
    this.layer = layer;
    this.all = parseSchema(text);
    for (const form of this.all) {
      // A name may stand twice where an old form is still readable; the last line is the current one.
      this.#byName.set(form.name, form);
      this.#byId.set(form.id, form);
      if (form.method || form.result.kind !== "object") continue;
      const type = form.result.type;
      const siblings = this.#byType.get(type);
      if (siblings) siblings.push(form);
      else this.#byType.set(type, [form]);
    }
  }

  readAlso(others: Schema[]): void {
    this.#others = others;
  }

  named(name: string): TlConstructor | undefined {
    return this.#byName.get(name);
  }

  /** As `named`, for reading: a bare type inside of what another schema describes is found there. */
  readable(name: string): TlConstructor | undefined {
    return this.#byName.get(name) ?? this.#others.find((other) => other.#byName.has(name))?.named(name);
  }

  withId(id: number): TlConstructor | undefined {
    const own = this.#byId.get(id);
    if (own) return own;
    for (const other of this.#others) {
      const found = other.#byId.get(id);
      if (found) return found;
    }
    return undefined;
  }

  ofType(type: string): TlConstructor[] {
    return this.#byType.get(type) ?? [];
  }
}

const LAYERS = [198, 227];

function load(file: string, layer: number): Schema {
  return new Schema(layer, readFileSync(new URL(file, import.meta.url), "utf8"));
}

const apiSchemas = new Map(LAYERS.map((layer) => [layer, load(`./layer-${layer}.tl`, layer)]));
/** The key exchange and the service messages, which have no layer. */
export const mtprotoSchema = load("./mtproto.tl", 0);

for (const [layer, schema] of apiSchemas) {
  const others = [...apiSchemas.values()].filter((other) => other.layer !== layer);
  schema.readAlso([...others.reverse(), mtprotoSchema]);
}

/** The newest schema that a client of this layer can read: its own, or the nearest older one, or the oldest. */
export function schemaOf(layer: number): Schema {
  let chosen = LAYERS[0]!;
  for (const known of LAYERS) if (known <= layer) chosen = known;
  return apiSchemas.get(chosen)!;
}

import { badRequest } from "./refusal.ts";
import type { Upload } from "./upload.ts";

/**
 * The parameters of one call. JSON bodies carry values of their own type, forms carry strings;
 * like the real server this reads either, and takes JSON inside a string where an object is wanted.
 */
export class Params {
  private readonly values: ReadonlyMap<string, unknown>;
  private readonly files: ReadonlyMap<string, Upload>;

  constructor(values: ReadonlyMap<string, unknown>, files: ReadonlyMap<string, Upload> = new Map()) {
    this.values = values;
    this.files = files;
  }

  has(name: string): boolean {
    const value = this.values.get(name);
    return value !== undefined && value !== null && value !== "";
  }

  names(): string[] {
    return [...this.values.keys(), ...this.files.keys()];
  }

  /** Everything as JSON, for faults that look for a word in it. */
  digest(): string {
    return JSON.stringify(Object.fromEntries(this.values));
  }

  /** What a journal keeps: every field, long ones shortened, uploads by name and size. */
  summary(): Record<string, unknown> {
    const short = (value: unknown): unknown => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return text.length > 200 ? `${text.slice(0, 200)}…` : value;
    };
    const values = [...this.values].map(([name, value]) => [name, short(value)]);
    const files = [...this.files].map(([name, { fileName, bytes }]) => [name, `${fileName} (${bytes.length} bytes)`]);
    return Object.fromEntries([...values, ...files]);
  }

  /** As text; "" where it is missing. */
  text(name: string): string {
    const value = this.values.get(name);
    if (value === undefined || value === null) return "";
    if (typeof value === "string") return value;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  /** A number within bounds; out of them it is moved to the nearest, as on the real server. */
  integer(name: string, fallback: number, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): number {
    const number = Number.parseInt(this.text(name), 10);
    return Number.isNaN(number) ? fallback : Math.min(Math.max(number, min), max);
  }

  number(name: string, fallback: number): number {
    const number = Number.parseFloat(this.text(name));
    return Number.isNaN(number) ? fallback : number;
  }

  boolean(name: string): boolean {
    return ["true", "1", "yes"].includes(this.text(name).toLowerCase());
  }

  /** An object or array, given as such or as JSON text; undefined where it is missing. */
  json(name: string, what = name): unknown {
    const value = this.values.get(name);
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${what} JSON object`);
    }
  }

  /** The upload of this parameter itself, or the one its `attach://name` points to. */
  upload(name: string): Upload | undefined {
    return this.files.get(name) ?? this.attached(this.text(name));
  }

  /** The fields of an object inside the call, read the same way and with the same uploads at hand. */
  inside(fields: object): Params {
    return new Params(new Map(Object.entries(fields)), this.files);
  }

  attached(reference: string): Upload | undefined {
    return reference.startsWith("attach://") ? this.files.get(reference.slice("attach://".length)) : undefined;
  }
}

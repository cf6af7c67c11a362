import { mix } from "../world/random.ts";

/**
 * A small baseline JPEG writer for drawn pictures. Every 8x8 block is a colour and a slope, that is the DC and the two
 * lowest AC coefficients, so no transform is needed and a picture costs a few milliseconds.
 */

/** Brightness and colour of a point, each 0 to 1 across the picture. */
export type Painter = (x: number, y: number) => readonly [red: number, green: number, blue: number];

const QUANT = 4;
const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const dcValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** End of block, then a first or second coefficient of each size: all that is ever written. */
const acValues = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x11, 0x12, 0x13, 0x14, 0x15, 0x07, 0x16, 0x08, 0x17];
const acCounts = [0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0];

type Code = readonly [bits: number, length: number];

function huffman(counts: readonly number[], values: readonly number[]): Map<number, Code> {
  const codes = new Map<number, Code>();
  let code = 0;
  let next = 0;
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i++) codes.set(values[next++] ?? 0, [code++, index + 1]);
    code <<= 1;
  });
  return codes;
}

const dcCodes = huffman(dcCounts, dcValues);
const acCodes = huffman(acCounts, acValues);

/** Writes bits, stuffing a zero after each 0xff as JPEG wants. */
class BitWriter {
  #bytes: Buffer;
  #length = 0;
  #held = 0;
  #count = 0;

  /** `most` bytes at the utmost. */
  constructor(most: number) {
    this.#bytes = Buffer.allocUnsafe(most);
  }

  put(bits: number, length: number): void {
    this.#held = (this.#held << length) | bits;
    this.#count += length;
    while (this.#count >= 8) {
      const byte = (this.#held >>> (this.#count - 8)) & 0xff;
      this.#bytes[this.#length++] = byte;
      if (byte === 0xff) this.#bytes[this.#length++] = 0;
      this.#count -= 8;
    }
    this.#held &= (1 << this.#count) - 1;
  }

  /** All that was written, the last byte filled up with ones. */
  end(): Buffer {
    if (this.#count > 0) this.put((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }
}

const sizeOf = (value: number): number => (value === 0 ? 0 : 32 - Math.clz32(Math.abs(value)));
const bitsOf = (value: number, size: number): number => (value < 0 ? value + (1 << size) - 1 : value);

function segment(marker: number, body: readonly number[]): number[] {
  const length = body.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...body];
}

function header(width: number, height: number): number[] {
  const both = (n: number) => [n >> 8, n & 255];
  const component = (id: number) => [id, 0x11, 0];
  return [
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...new Array<number>(64).fill(QUANT)]),
    ...segment(0xc0, [8, ...both(height), ...both(width), 3, ...component(1), ...component(2), ...component(3)]),
    ...segment(0xc4, [0x00, ...dcCounts, ...dcValues]),
    ...segment(0xc4, [0x10, ...acCounts, ...acValues]),
    ...segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
  ];
}

/** First horizontal DCT coefficient of a ramp that rises by 1 over the block, in quantised steps. */
const RAMP = -2.27 / QUANT;
const LIMIT = 120;
const slope = (rise: number): number => Math.max(-LIMIT, Math.min(LIMIT, Math.round(rise * RAMP)));

function toYcc([r, g, b]: readonly [number, number, number]): [number, number, number] {
  return [
    0.299 * r + 0.587 * g + 0.114 * b - 128,
    -0.1687 * r - 0.3313 * g + 0.5 * b,
    0.5 * r - 0.4187 * g - 0.0813 * b,
  ];
}

/** The picture as a whole JPEG file. Colours are 0 to 255. */
export function jpeg(width: number, height: number, paint: Painter): Buffer {
  const columns = Math.ceil(width / 8);
  const rows = Math.ceil(height / 8);
  const colours = new Float32Array(columns * rows * 3);
  for (let at = 0; at < columns * rows; at++) {
    const column = at % columns;
    const row = (at - column) / columns;
    colours.set(toYcc(paint((column + 0.5) / columns, (row + 0.5) / rows)), at * 3);
  }
  const light = (column: number, row: number) =>
    colours[(clamp(row, rows) * columns + clamp(column, columns)) * 3] ?? 0;
  const writer = new BitWriter(columns * rows * 40 + 16);
  const last = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let part = 0; part < 3; part++) {
        const dc = Math.round(((colours[(row * columns + column) * 3 + part] ?? 0) * 8) / QUANT);
        putDc(writer, dc - (last[part] ?? 0));
        last[part] = dc;
        if (part > 0) putAc(writer, END, 0);
        else {
          const right = slope((light(column + 1, row) - light(column - 1, row)) / 2);
          const down = slope((light(column, row + 1) - light(column, row - 1)) / 2);
          putSlopes(writer, right, down);
        }
      }
    }
  }
  return Buffer.concat([Buffer.from(header(width, height)), writer.end(), Buffer.from([0xff, 0xd9])]);
}

const clamp = (index: number, count: number): number => Math.min(count - 1, Math.max(0, index));

function putDc(writer: BitWriter, change: number): void {
  const size = sizeOf(change);
  const [code, length] = dcCodes.get(size) ?? nothing;
  writer.put(code, length);
  if (size > 0) writer.put(bitsOf(change, size), size);
}

/** Coefficients are written in zigzag order: first the one that changes to the right, then the one downwards. */
function putSlopes(writer: BitWriter, right: number, down: number): void {
  if (right !== 0) putAc(writer, 0, right);
  if (down !== 0) putAc(writer, right === 0 ? 1 : 0, down);
  putAc(writer, END, 0);
}

const END = 0;
const nothing: Code = [0, 0];

function putAc(writer: BitWriter, run: number, value: number): void {
  const size = sizeOf(value);
  const [code, length] = acCodes.get((run << 4) | size) ?? nothing;
  writer.put(code, length);
  if (size > 0) writer.put(bitsOf(value, size), size);
}

/** A landscape of its own for every seed: sky, sun, two ranges of hills. */
export function landscape(seed: number): Painter {
  const hue = (mix(seed, 1) % 360) / 360;
  const sunX = 0.15 + (mix(seed, 2) % 700) / 1000;
  const sunY = 0.15 + (mix(seed, 3) % 250) / 1000;
  const waves = [4, 5, 6, 7].map((n) => 1 + (mix(seed, n) % 50) / 10);
  const [a = 1, b = 1, c = 1, d = 1] = waves;
  return (x, y) => {
    const far = 0.55 + 0.1 * Math.sin(x * a * 2 + b) + 0.05 * Math.sin(x * c * 3);
    const near = 0.75 + 0.08 * Math.sin(x * d * 2 + a) + 0.04 * Math.cos(x * b * 2);
    if (y > near) return colour(hue + 0.33, 0.55, 0.34 - (y - near) * 0.4);
    if (y > far) return colour(hue + 0.2, 0.4, 0.5 - (y - far) * 0.5);
    const distance = Math.hypot(x - sunX, (y - sunY) * 0.75);
    if (distance < 0.09) return [255, 244, 200];
    return colour(hue, 0.6, 0.62 + 0.28 * (y / far) + 0.15 * Math.max(0, 0.3 - distance));
  };
}

function colour(hue: number, saturation: number, light: number): [number, number, number] {
  const k = Math.min(1, Math.max(0, light));
  const chroma = saturation * Math.min(k, 1 - k);
  const part = (n: number) => {
    const angle = (n + (hue % 1) * 12) % 12;
    return 255 * (k - chroma * Math.max(-1, Math.min(angle - 3, 9 - angle, 1)));
  };
  return [part(0), part(8), part(4)];
}

import { mix } from "../world/random.ts";
import type { Form } from "./form.ts";
import { jpeg, landscape } from "./jpeg.ts";
import { streamBytes } from "./stream.ts";

/** Pictures and stickers of any number of bytes. */

const none = new Uint8Array(0);

/** A picture; what is left up to the size stands after its end, where every reader stops. */
export function pictureForm(seed: number, width: number, height: number): Form {
  return {
    head: jpeg(width, height, landscape(seed)),
    tail: none,
    fill: (offset, length) => streamBytes(seed, offset, length),
  };
}

/** The largest picture (4:3) that fits into so many bytes. */
export function pictureSize(bytes: number): [width: number, height: number] {
  const choices: [number, number][] = [
    [800, 600],
    [640, 480],
    [480, 360],
    [320, 240],
    [160, 120],
    [80, 60],
  ];
  return choices.find(([width, height]) => (width / 8) * (height / 8) * 5 + 800 <= bytes) ?? [40, 30];
}

/** A lossless WebP of one colour: a header, five single-symbol Huffman codes and no pixel data at all. */
export function stickerForm(seed: number, size: number): Form {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  put(511, 14);
  put(511, 14);
  put(1, 1);
  put(0, 3);
  put(0, 3);
  const single = (symbol: number) => {
    put(1, 1);
    put(0, 1);
    put(1, 1);
    put(symbol, 8);
  };
  const channel = (n: number) => 64 + (mix(seed, n) % 160);
  for (const symbol of [channel(1), channel(2), channel(3), 255, 0]) single(symbol);
  const data = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    data[index >> 3] = (data[index >> 3] ?? 0) | (bit << (index & 7));
  });
  const payload = Buffer.concat([Buffer.from([0x2f]), data]);
  const padded = payload.length % 2 ? Buffer.concat([payload, Buffer.from([0])]) : payload;
  const length = (n: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(n);
    return bytes;
  };
  const body = Buffer.concat([Buffer.from("WEBPVP8L"), length(payload.length), padded]);
  const rest = Math.max(0, size - 8 - body.length - 8);
  const extra = Buffer.concat([Buffer.from("XSND"), length(rest)]);
  const head = Buffer.concat([Buffer.from("RIFF"), length(body.length + 8 + rest), body, extra]);
  return { head, tail: none, fill: (offset, bytes) => streamBytes(seed, offset, bytes) };
}

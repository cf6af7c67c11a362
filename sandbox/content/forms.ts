import { crc32 } from "node:zlib";
import { mix } from "../world/random.ts";
import type { Form } from "./form.ts";
import { pictureForm, pictureSize, stickerForm } from "./pictures.ts";
import { streamBytes } from "./stream.ts";
import { textBlock } from "./texts.ts";

const none = new Uint8Array(0);
const ascii = (text: string): Buffer => Buffer.from(text, "latin1");
const noise = (seed: number) => (offset: number, length: number) => streamBytes(seed, offset, length);

type Maker = (seed: number, size: number) => Form;

function signed(head: Uint8Array): Maker {
  return (seed) => ({ head, tail: none, fill: noise(seed) });
}

const box = (type: string, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
};

const mp4: Maker = (seed, size) => {
  const ftyp = box("ftyp", ascii("isom\0\0\x02\0isomiso2mp41"));
  const mdat = Buffer.alloc(16);
  mdat.writeUInt32BE(1);
  mdat.write("mdat", 4, "latin1");
  mdat.writeBigUInt64BE(BigInt(Math.max(16, size - ftyp.length)), 8);
  return { head: Buffer.concat([ftyp, mdat]), tail: none, fill: noise(seed) };
};

/** Frames of silence, 128 kbit/s: header and side information fixed, the unused rest of each frame from the seed. */
const mp3: Maker = (seed) => {
  const frame = 417;
  const fixed = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(32)]);
  return {
    head: Buffer.concat([ascii("ID3\x03\0\0\0\0\0\0")]),
    tail: none,
    fill: (offset, length) => {
      const bytes = Buffer.from(streamBytes(seed, offset, length));
      for (let start = Math.floor(offset / frame) * frame; start < offset + length; start += frame) {
        for (let i = 0; i < fixed.length; i++) {
          const at = start + i - offset;
          if (at >= 0 && at < length) bytes[at] = fixed[i] ?? 0;
        }
      }
      return bytes;
    },
  };
};

const pdf: Maker = (seed, size) => {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    pdfStream(`BT /F1 18 Tf 30 100 Td (Document ${mix(seed, 1) % 100000}) Tj ET`),
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let head = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = head.length;
    head += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const opening = (length: number) => `6 0 obj\n<</Length ${String(length).padStart(12)}>>\nstream\n`;
  offsets.push(head.length);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const tailFor = (xref: number) =>
    `\nendstream\nendobj\nxref\n0 7\n0000000000 65535 f \n${rows}trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n` +
    `${String(xref).padStart(12, "0")}\n%%EOF\n`;
  const tailLength = tailFor(0).length;
  const fillLength = Math.max(0, size - head.length - opening(0).length - tailLength);
  head += opening(fillLength);
  const xref = head.length + fillLength + "\nendstream\nendobj\n".length;
  return { head: ascii(head), tail: ascii(tailFor(xref)), fill: noise(seed) };
};

const pdfStream = (body: string): string => `<</Length ${body.length}>>\nstream\n${body}\nendstream`;

/** One small text inside; the filling lies between it and the directory at the end, where readers do not look. */
const zip: Maker = (seed, size) => {
  const name = ascii("readme.txt");
  const text = ascii(`Archive ${mix(seed, 2)}\n`);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(0x5a210000, 6);
  common.writeUInt32LE(crc32(text), 10);
  common.writeUInt32LE(text.length, 14);
  common.writeUInt32LE(text.length, 18);
  common.writeUInt16LE(name.length, 22);
  const head = Buffer.concat([ascii("PK\x03\x04"), common, name, text]);
  const entry = Buffer.concat([ascii("PK\x01\x02\x14\0"), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(Math.min(0xffffffff, Math.max(head.length, size - entry.length - 22)), 16);
  return { head, tail: Buffer.concat([entry, end]), fill: noise(seed) };
};

const lines: Maker = (seed) => ({
  head: none,
  tail: none,
  fill: (offset, length) => blocks(offset, length, (index) => textBlock(seed, index)),
});

const csv: Maker = (seed) => ({
  head: ascii("id,name,amount,date\n"),
  tail: none,
  fill: (offset, length) =>
    blocks(offset, length, (index) => {
      const row = (n: number) => `${index * 20 + n},item ${mix(seed, index, n) % 1000},${mix(seed, n, index) % 9999},`;
      return Array.from({ length: 20 }, (_, n) => `${row(n)}2025-01-${String(1 + (n % 28)).padStart(2, "0")}\n`).join(
        "",
      );
    }),
});

const json: Maker = (seed) => ({
  head: ascii(`{"seed":${seed},"rows":[0\n`),
  tail: ascii("]}\n"),
  fill: (offset, length) => blocks(offset, length, (index) => `,${JSON.stringify({ index, value: mix(seed, index) })}`),
});

/** Filling in blocks of 1 KiB, each made alone and padded with spaces. A last block cut short becomes spaces. */
function blocks(offset: number, length: number, make: (index: number) => string): Uint8Array {
  const size = 1024;
  const out = Buffer.alloc(length, 0x20);
  for (let index = Math.floor(offset / size); index * size < offset + length; index++) {
    const block = Buffer.alloc(size, 0x20);
    block.write(make(index).slice(0, size - 1), 0, size - 1, "utf8");
    block[size - 1] = 0x0a;
    const start = index * size - offset;
    block.copy(out, Math.max(0, start), Math.max(0, -start), Math.min(size, length - start));
  }
  return out;
}

const makers: Record<string, Maker> = {
  "application/pdf": pdf,
  "application/zip": zip,
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": zip,
  "application/epub+zip": zip,
  "text/plain": lines,
  "text/csv": csv,
  "application/json": json,
  "video/mp4": mp4,
  "video/quicktime": mp4,
  "audio/mp4": mp4,
  "audio/mpeg": mp3,
  "audio/ogg": signed(ascii("OggS\0\x02\0\0\0\0\0\0\0\0")),
  "audio/flac": signed(ascii("fLaC\0\0\0\x22")),
  "video/webm": signed(Buffer.from([0x1a, 0x45, 0xdf, 0xa3])),
  "application/x-rar": signed(ascii("Rar!\x1a\x07\x01\0")),
  "application/x-7z-compressed": signed(Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])),
};

/** The form of a document; a picture where its type says so. */
export function documentForm(seed: number, size: number, mimeType: string): Form {
  if (mimeType === "image/jpeg") return pictureForm(seed, ...pictureSize(size));
  if (mimeType === "image/webp") return stickerForm(seed, size);
  return (makers[mimeType] ?? signed(none))(seed, size);
}

import { createCipheriv, createDecipheriv } from "node:crypto";

const BLOCK = 16;
const WORDS = 4;
/** Fresh memory costs more than the cipher; what is needed only within a call is taken from here. */
let scratch = new Int32Array(1 << 12);

/**
 * AES-256-IGE by way of CBC: with y_i = c_i ^ m_{i-1} the mode becomes y_i = E((m_i ^ m_{i-2}) ^ y_{i-1}), so one native
 * CBC call does the work. `plain` must be a multiple of 16 bytes long; it is left as it was.
 */
export function igeEncrypt(plain: Buffer, key: Buffer, iv: Buffer): Buffer {
  const words = plain.length >> 2;
  const source = wordsOf(plain);
  const previous = wordsOf(iv.subarray(BLOCK));
  if (scratch.length < words) scratch = new Int32Array(words * 2);
  const mixed = scratch;
  for (let i = 0; i < WORDS && i < words; i++) mixed[i] = source[i]!;
  for (let i = WORDS; i < 2 * WORDS && i < words; i++) mixed[i] = source[i]! ^ previous[i - WORDS]!;
  for (let i = 2 * WORDS; i < words; i++) mixed[i] = source[i]! ^ source[i - 2 * WORDS]!;
  const cipher = createCipheriv("aes-256-cbc", key, iv.subarray(0, BLOCK)).setAutoPadding(false);
  const sealed = cipher.update(new Uint8Array(mixed.buffer, 0, words * 4));
  const out = wordsOf(sealed);
  for (let i = 0; i < WORDS && i < words; i++) out[i]! ^= previous[i]!;
  for (let i = WORDS; i < words; i++) out[i]! ^= source[i - WORDS]!;
  return Buffer.from(out.buffer, out.byteOffset, out.byteLength);
}

/** The other direction has no such form: block by block. What clients send is small, parts of uploads aside. */
export function igeDecrypt(sealed: Buffer, key: Buffer, iv: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  const words = sealed.length >> 2;
  const source = wordsOf(sealed);
  const out = new Int32Array(words);
  const block = new Int32Array(WORDS);
  const blockBytes = new Uint8Array(block.buffer);
  const before = Int32Array.from(wordsOf(iv));
  for (let at = 0; at < words; at += WORDS) {
    for (let i = 0; i < WORDS; i++) block[i] = source[at + i]! ^ before[WORDS + i]!;
    const opened = decipher.update(blockBytes);
    for (let i = 0; i < WORDS; i++) {
      const word = opened.readInt32LE(i * 4) ^ before[i]!;
      out[at + i] = word;
      before[WORDS + i] = word;
      before[i] = source[at + i]!;
    }
  }
  return Buffer.from(out.buffer);
}

/** The same bytes as words: a view where the memory is aligned for it, else a copy. */
function wordsOf(bytes: Buffer): Int32Array {
  if (bytes.byteOffset % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const copy = new Uint8Array(bytes);
  return new Int32Array(copy.buffer, 0, copy.length >> 2);
}

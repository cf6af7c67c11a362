import { type Cipher, createCipheriv } from "node:crypto";

/** AES-CTR over the whole stream, both ways, with keys from the client's first 64 bytes. */
export interface Obfuscation {
  /** The four bytes that name the framing inside. */
  tag: number;
  decrypt(data: Buffer): Buffer;
  encrypt(data: Buffer): Buffer;
}

export const OBFUSCATION_HEAD = 64;

export function openObfuscation(head: Buffer): Obfuscation {
  const reversed = Buffer.from(head.subarray(8, 56)).reverse();
  const fromClient: Cipher = createCipheriv("aes-256-ctr", head.subarray(8, 40), head.subarray(40, 56));
  const toClient: Cipher = createCipheriv("aes-256-ctr", reversed.subarray(0, 32), reversed.subarray(32, 48));
  const opened = fromClient.update(head);
  return {
    tag: opened.readUInt32LE(56),
    decrypt: (data) => fromClient.update(data),
    encrypt: (data) => toClient.update(data),
  };
}

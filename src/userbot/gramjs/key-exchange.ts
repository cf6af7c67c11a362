/**
 * Agrees on a key with a data centre, as core.telegram.org/mtproto/auth_key describes, with every check it asks for.
 * GramJS's own exchange looks neither at the answer's hash nor at the prime, its generator and the range of g_a.
 */
import {
  checkPrime,
  constants,
  createDiffieHellman,
  createHash,
  createPublicKey,
  type DiffieHellman,
  publicEncrypt,
  randomBytes,
} from "node:crypto";
import { promisify } from "node:util";
import type bigInt from "big-integer";
import { IGE } from "telegram/crypto/IGE.js";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { FatalError } from "../../core/errors.ts";
import { factorize } from "./factorize.ts";
import { LineBroken } from "./fault.ts";
import { TlReader, tlString, uint32 } from "./tl-bytes.ts";
import type { Wire } from "./wire.ts";

const isPrime = promisify<bigint, boolean>(checkPrime);
/** Telegram has used the same prime for years: looking at it once is enough. */
const proven = new Set<bigint>();
const groups = new Map<string, DiffieHellman>();
const sha1 = (...parts: Buffer[]) => createHash("sha1").update(Buffer.concat(parts)).digest();
const sha256 = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const toBigInt = (bytes: Buffer) => BigInt(`0x${bytes.toString("hex")}`);

export interface NewKey {
  key: Buffer;
  /** Server time minus ours, in seconds. */
  timeOffset: number;
}

/** The wire must be connected and silent: nobody else may read from it meanwhile. */
export async function exchangeKey(wire: Wire, signal: AbortSignal): Promise<NewKey> {
  const nonce = randomBytes(16);
  const newNonce = randomBytes(32);

  const resPq = await ask(wire, Buffer.concat([uint32(0xbe7e8ef1), nonce]), signal);
  resPq.expect(0x05162463, "resPQ");
  must(resPq.bytes(16).equals(nonce), "Another nonce came back.");
  const serverNonce = Buffer.from(resPq.bytes(16));
  const pq = Buffer.from(resPq.string());
  const { fingerprint, encrypt } = pickKey(resPq.longs());
  const [p, q] = factorize(toBigInt(pq)).map(toBytes) as [Buffer, Buffer];

  const inner = Buffer.concat([uint32(0x83c95aec), ...[pq, p, q].map(tlString), nonce, serverNonce, newNonce]);
  const params = await ask(
    wire,
    Buffer.concat([
      uint32(0xd712e4be),
      nonce,
      serverNonce,
      tlString(p),
      tlString(q),
      fingerprint,
      tlString(encrypt(inner)),
    ]),
    signal,
  );
  params.expect(0xd0e8075c, "server_DH_params_ok");
  must(params.bytes(16).equals(nonce) && params.bytes(16).equals(serverNonce), "Another nonce came back.");
  const temporary = temporaryCipher(newNonce, serverNonce);
  const answer = openAnswer(params.string(), temporary);
  must(answer.bytes(16).equals(nonce) && answer.bytes(16).equals(serverNonce), "Another nonce was inside.");
  const g = answer.int();
  const prime = Buffer.from(answer.string());
  const ga = Buffer.from(answer.string());
  const timeOffset = answer.int() - Math.floor(Date.now() / 1000);
  await checkGroup(g, prime, ga);

  const group = groupOf(prime, g);
  group.setPrivateKey(randomBytes(256));
  const gb = group.generateKeys();
  checkRange(toBigInt(gb), toBigInt(prime));
  const key = leftPad(group.computeSecret(ga), 256);
  const data = Buffer.concat([uint32(0x6643b654), nonce, serverNonce, Buffer.alloc(8), tlString(gb)]);
  const hashed = Buffer.concat([sha1(data), data]);
  const padded = Buffer.concat([hashed, randomBytes((16 - (hashed.length % 16)) % 16)]);
  const done = await ask(
    wire,
    Buffer.concat([
      uint32(0xf5045f1f),
      nonce,
      serverNonce,
      tlString(new IGE(temporary.key, temporary.iv).encryptIge(padded)),
    ]),
    signal,
  );
  done.expect(0x3bcbf734, "dh_gen_ok");
  must(done.bytes(16).equals(nonce) && done.bytes(16).equals(serverNonce), "Another nonce came back.");
  const hash = sha1(newNonce, Buffer.from([1]), sha1(key).subarray(0, 8)).subarray(4, 20);
  must(done.bytes(16).equals(hash), "The new key is not the server's.");
  return { key, timeOffset };
}

/** Making one tests the prime once more, for a third of a second in which nothing else happens. */
function groupOf(prime: Buffer, g: number): DiffieHellman {
  const name = `${g} ${prime.toString("hex")}`;
  const group = groups.get(name) ?? createDiffieHellman(prime, g);
  groups.set(name, group);
  return group;
}

/** One unencrypted call. */
async function ask(wire: Wire, body: Buffer, signal: AbortSignal): Promise<TlReader> {
  signal.throwIfAborted();
  const head = Buffer.alloc(20);
  const now = Date.now();
  // Seconds in the upper half; clients' ids are divisible by four.
  head.writeBigInt64LE((BigInt(Math.floor(now / 1000)) << 32n) | (BigInt(now % 1000) << 20n), 8);
  head.writeInt32LE(body.length, 16);
  await wire.send(Buffer.concat([head, body]));
  const packet = await wire.recv();
  must(
    packet.length >= 24 && packet.readBigInt64LE(0) === 0n,
    `The data centre refused a new key (${packet.length} bytes).`,
  );
  return new TlReader(packet.subarray(20, 20 + packet.readInt32LE(16)));
}

function pickKey(fingerprints: Buffer[]): { fingerprint: Buffer; encrypt: (inner: Buffer) => Buffer } {
  for (const fingerprint of fingerprints) {
    const known = _serverKeys.get(fingerprint.readBigInt64LE(0).toString());
    if (known) return { fingerprint, encrypt: (inner) => rsaPad(inner, known) };
  }
  throw new FatalError("The data centre shows no RSA key that we trust: check TELEGRAM_SERVER_KEY.", "CONFIG");
}

/** RSA_PAD of the key exchange's step 4.1. */
function rsaPad(inner: Buffer, { n, e }: { n: bigInt.BigInteger; e: number }): Buffer {
  const modulus = leftPad(Buffer.from(n.toString(16).padStart(512, "0"), "hex"), 256);
  const exponent = Buffer.from(e.toString(16).padStart(6, "0"), "hex");
  const key = createPublicKey({
    key: { kty: "RSA", n: modulus.toString("base64url"), e: exponent.toString("base64url") },
    format: "jwk",
  });
  const padded = Buffer.concat([inner, randomBytes(192 - inner.length)]);
  const reversed = Buffer.from(padded).reverse();
  for (;;) {
    const secret = randomBytes(32);
    const sealed = new IGE(secret, Buffer.alloc(32)).encryptIge(Buffer.concat([reversed, sha256(secret, padded)]));
    const mask = sha256(sealed);
    const block = Buffer.concat([secret.map((byte, index) => byte ^ mask[index]!), sealed]);
    if (Buffer.compare(block, modulus) < 0) return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  }
}

function temporaryCipher(newNonce: Buffer, serverNonce: Buffer): { key: Buffer; iv: Buffer } {
  const a = sha1(newNonce, serverNonce);
  const b = sha1(serverNonce, newNonce);
  return {
    key: Buffer.concat([a, b.subarray(0, 12)]),
    iv: Buffer.concat([b.subarray(12), sha1(newNonce, newNonce), newNonce.subarray(0, 4)]),
  };
}

function openAnswer(encrypted: Buffer, { key, iv }: { key: Buffer; iv: Buffer }): TlReader {
  must(encrypted.length >= 32 && encrypted.length % 16 === 0, "An answer of a wrong length.");
  const plain = new IGE(key, iv).decryptIge(Buffer.from(encrypted));
  const answer = new TlReader(plain.subarray(20));
  answer.expect(0xb5890dba, "server_DH_inner_data");
  const length = new TlReader(plain.subarray(20)).skipDhInnerData();
  must(sha1(plain.subarray(20, 20 + length)).equals(plain.subarray(0, 20)), "An answer with a wrong hash.");
  return answer;
}

async function checkGroup(g: number, primeBytes: Buffer, gaBytes: Buffer): Promise<void> {
  const prime = toBigInt(primeBytes);
  must(prime >> 2047n === 1n, "The prime is not of 2048 bits.");
  if (!proven.has(prime)) {
    must((await isPrime(prime)) && (await isPrime((prime - 1n) / 2n)), "The prime is not safe.");
    proven.add(prime);
  }
  const rest = (by: bigint) => Number(prime % by);
  const fits: Record<number, boolean> = {
    2: rest(8n) === 7,
    3: rest(3n) === 2,
    4: true,
    5: [1, 4].includes(rest(5n)),
    6: [19, 23].includes(rest(24n)),
    7: [3, 5, 6].includes(rest(7n)),
  };
  must(fits[g] === true, "The generator does not fit the prime.");
  checkRange(toBigInt(gaBytes), prime);
}

function checkRange(value: bigint, prime: bigint): void {
  const margin = 1n << (2048n - 64n);
  must(value >= margin && value <= prime - margin, "A half of the key is out of range.");
}

function must(condition: boolean, otherwise: string): void {
  if (!condition) throw new LineBroken(otherwise);
}

const toBytes = (value: bigint): Buffer => {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
};
const leftPad = (bytes: Buffer, length: number): Buffer =>
  bytes.length >= length ? bytes : Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);

import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import { DH_G, DH_PRIME } from "../crypto/dh.ts";
import { sha256, xor } from "../crypto/hash.ts";

const SIZE = 256;
const P = BigInt(`0x${DH_PRIME.toString("hex")}`);
const G = BigInt(DH_G);
const G_BYTES = numberToBytes(G);

/** The second factor: the server's side of SRP as Telegram does it, for one password and one try. */
export class SrpChallenge {
  readonly id = randomBytes(8).readBigInt64LE();
  readonly salt1 = randomBytes(40);
  readonly salt2 = randomBytes(16);
  readonly serverPublic: Buffer;
  readonly #verifier: bigint;
  readonly #secret = bytesToNumber(randomBytes(SIZE));

  constructor(password: string) {
    this.#verifier = power(G, bytesToNumber(hashPassword(password, this.salt1, this.salt2)));
    const k = bytesToNumber(sha256(DH_PRIME, G_BYTES));
    this.serverPublic = numberToBytes((k * this.#verifier + power(G, this.#secret)) % P);
  }

  /** Whether the client knows the password. */
  check(clientPublic: Buffer, proof: Buffer): boolean {
    const a = bytesToNumber(clientPublic);
    if (clientPublic.length !== SIZE || a % P === 0n || proof.length !== 32) return false;
    const u = bytesToNumber(sha256(clientPublic, this.serverPublic));
    const shared = power((a * power(this.#verifier, u)) % P, this.#secret);
    const expected = sha256(
      xor(sha256(DH_PRIME), sha256(G_BYTES)),
      sha256(this.salt1),
      sha256(this.salt2),
      clientPublic,
      this.serverPublic,
      sha256(numberToBytes(shared)),
    );
    return timingSafeEqual(expected, proof);
  }
}

function hashPassword(password: string, salt1: Buffer, salt2: Buffer): Buffer {
  const inner = salted(salted(Buffer.from(password, "utf8"), salt1), salt2);
  return salted(pbkdf2Sync(inner, salt1, 100_000, 64, "sha512"), salt2);
}

function salted(data: Buffer, salt: Buffer): Buffer {
  return createHash("sha256").update(salt).update(data).update(salt).digest();
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  base %= P;
  while (exponent > 0n) {
    if (exponent & 1n) result = (result * base) % P;
    base = (base * base) % P;
    exponent >>= 1n;
  }
  return result;
}

function bytesToNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex") || "0"}`);
}

function numberToBytes(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(SIZE * 2, "0"), "hex");
}

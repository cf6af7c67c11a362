import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DH_PRIME, newExponent, powerOfG, sharedKey } from "../../../../sandbox/mtproto/crypto/dh.ts";
import { sha256, xor } from "../../../../sandbox/mtproto/crypto/hash.ts";
import { igeDecrypt, igeEncrypt } from "../../../../sandbox/mtproto/crypto/ige.ts";
import { ServerKey } from "../../../../sandbox/mtproto/crypto/rsa.ts";
import { newChallenge } from "../../../../sandbox/mtproto/handshake/pq.ts";
import { AuthKey } from "../../../../sandbox/mtproto/keys/auth-key.ts";
import { SrpChallenge } from "../../../../sandbox/mtproto/login/srp.ts";
import { openPacket, sealPacket } from "../../../../sandbox/mtproto/wire/packets.ts";

/** IGE by its definition, block by block. */
function plainIge(plain: Buffer, key: Buffer, iv: Buffer): Buffer {
  let before = iv.subarray(0, 16);
  let beforePlain = iv.subarray(16);
  const out: Buffer[] = [];
  for (let at = 0; at < plain.length; at += 16) {
    const block = plain.subarray(at, at + 16);
    const ecb = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
    before = xor(ecb.update(xor(block, before)), beforePlain);
    beforePlain = block;
    out.push(before);
  }
  return Buffer.concat(out);
}

describe("AES-IGE", () => {
  it("is what the definition says, block by block, and opens again", () => {
    const key = randomBytes(32);
    const iv = randomBytes(32);
    for (const length of [16, 32, 48, 160, 4096]) {
      const plain = randomBytes(length);
      const sealed = igeEncrypt(plain, key, iv);
      expect(sealed.equals(plainIge(plain, key, iv))).toBe(true);
      expect(igeDecrypt(sealed, key, iv).equals(plain)).toBe(true);
    }
  });

  it("does not mind where in memory its input stands", () => {
    const key = randomBytes(32);
    const iv = randomBytes(33).subarray(1);
    for (let offset = 0; offset < 8; offset++) {
      const plain = randomBytes(64 + offset).subarray(offset);
      const before = Buffer.from(plain);
      const sealed = igeEncrypt(plain, key, iv);
      expect(igeDecrypt(sealed, key, iv).equals(plain)).toBe(true);
      expect(plain.equals(before)).toBe(true);
    }
  });
});

describe("a packet", () => {
  const key = new AuthKey(randomBytes(256), 2, null, null);
  const head = { salt: 5n, sessionId: -6n, messageId: 7n << 32n, seqNo: 1 };

  it("is sealed with padding that hides its length", () => {
    const lengths = new Set(
      Array.from({ length: 60 }, () => Buffer.concat(sealPacket(key, head, Buffer.alloc(8))).length),
    );
    expect(lengths.size).toBeGreaterThan(1);
    for (const length of lengths) expect((length - 24) % 16).toBe(0);
  });

  it("of the server's own is not taken for a client's", () => {
    expect(openPacket(key, Buffer.concat(sealPacket(key, head, Buffer.alloc(8))))).toBeUndefined();
  });
});

describe("the key exchange", () => {
  it("makes challenges of two primes, the smaller first", () => {
    for (let round = 0; round < 5; round++) {
      const { pq, p, q } = newChallenge();
      expect(p.readUInt32BE() * q.readUInt32BE()).toBe(Number(pq.readBigUInt64BE()));
      expect(p.readUInt32BE()).toBeLessThan(q.readUInt32BE());
      expect(pq[0]! & 0x80).toBe(0);
    }
  });

  it("comes to the same key on both sides", () => {
    const server = newExponent();
    const client = randomBytes(256);
    expect(sharedKey(server.secret, powerOfG(client)).equals(sharedKey(client, server.power))).toBe(true);
  });

  it("refuses powers outside of the group", () => {
    const { secret } = newExponent();
    for (const wrong of [Buffer.from([1]), Buffer.alloc(256), DH_PRIME, Buffer.alloc(256, 255), Buffer.alloc(300, 1)]) {
      expect(() => sharedKey(secret, wrong)).toThrow();
    }
  });

  it("gives out a key whose fingerprint no client prints too short", () => {
    const key = ServerKey.generate();
    expect(BigInt.asUintN(64, key.fingerprint).toString(16)).toHaveLength(16);
    expect(ServerKey.fromPem(key.privatePem()).fingerprint).toBe(key.fingerprint);
    expect(key.publicPem).toContain("BEGIN RSA PUBLIC KEY");
  });
});

describe("the second factor", () => {
  const P = BigInt(`0x${DH_PRIME.toString("hex")}`);
  const bytes = (number: bigint) => Buffer.from(number.toString(16).padStart(512, "0"), "hex");
  const number = (data: Buffer) => BigInt(`0x${data.toString("hex")}`);
  const power = (base: bigint, exponent: bigint): bigint => {
    let result = 1n;
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * base) % P;
      base = (base * base) % P;
    }
    return result;
  };

  /** The client's side, as Telegram describes it. */
  function prove(challenge: SrpChallenge, password: string): { a: Buffer; proof: Buffer } {
    const { salt1, salt2, serverPublic } = challenge;
    const salted = (data: Buffer, salt: Buffer) => sha256(salt, data, salt);
    const inner = salted(salted(Buffer.from(password), salt1), salt2);
    const x = number(salted(pbkdf2Sync(inner, salt1, 100_000, 64, "sha512"), salt2));
    const secret = number(randomBytes(256));
    const a = bytes(power(3n, secret));
    const k = number(sha256(DH_PRIME, bytes(3n)));
    const u = number(sha256(a, serverPublic));
    const base = (((number(serverPublic) - k * power(3n, x)) % P) + P) % P;
    const shared = sha256(bytes(power(base, secret + u * x)));
    const groups = xor(sha256(DH_PRIME), sha256(bytes(3n)));
    return { a, proof: sha256(groups, sha256(salt1), sha256(salt2), a, serverPublic, shared) };
  }

  it("knows who knows the password", () => {
    const challenge = new SrpChallenge("correct horse");
    const right = prove(challenge, "correct horse");
    const wrong = prove(challenge, "battery staple");
    expect(challenge.check(right.a, right.proof)).toBe(true);
    expect(challenge.check(wrong.a, wrong.proof)).toBe(false);
    expect(challenge.check(Buffer.alloc(256), right.proof)).toBe(false);
  });
});

import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from "node:crypto";
import { schemaOf } from "../../tl/schema.ts";
import { TlWriter } from "../../tl/writer.ts";
import { sha1 } from "./hash.ts";

/** The server's RSA key pair: its public half goes into the client's settings. */
export class ServerKey {
  readonly #privateKey: KeyObject;
  /** PKCS#1, as Telegram publishes its own. */
  readonly publicPem: string;
  readonly fingerprint: bigint;

  constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey;
    const publicKey = createPublicKey(privateKey);
    this.publicPem = String(publicKey.export({ type: "pkcs1", format: "pem" }));
    const jwk = publicKey.export({ format: "jwk" });
    const writer = new TlWriter(schemaOf(0));
    writer.bytes(Buffer.from(String(jwk.n), "base64url")).bytes(Buffer.from(String(jwk.e), "base64url"));
    this.fingerprint = sha1(writer.result()).readBigInt64LE(12);
  }

  /** Some clients lose the leading zeros of a fingerprint they print, and then do not find their key. */
  static generate(): ServerKey {
    for (;;) {
      const key = new ServerKey(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
      if (BigInt.asUintN(64, key.fingerprint) >> 60n !== 0n) return key;
    }
  }

  static fromPem(pem: string): ServerKey {
    return new ServerKey(createPrivateKey(pem));
  }

  privatePem(): string {
    return String(this.#privateKey.export({ type: "pkcs8", format: "pem" }));
  }

  /** Raw RSA, always 256 bytes. Throws where the number is larger than the modulus. */
  decrypt(sealed: Uint8Array): Buffer {
    const opened = privateDecrypt({ key: this.#privateKey, padding: constants.RSA_NO_PADDING }, sealed);
    return opened.length === 256 ? opened : Buffer.concat([Buffer.alloc(256 - opened.length), opened]);
  }
}

import { randomBytes } from "node:crypto";
import { TlReader } from "../../tl/reader.ts";
import { mtprotoSchema } from "../../tl/schema.ts";
import { bytesOf, intOf, longOf, type TlObject } from "../../tl/value.ts";
import { TlWriter } from "../../tl/writer.ts";
import { DH_G, DH_PRIME, newExponent, sharedKey } from "../crypto/dh.ts";
import { sha1, xor } from "../crypto/hash.ts";
import { igeDecrypt, igeEncrypt } from "../crypto/ige.ts";
import type { AesKey } from "../crypto/message-key.ts";
import type { ServerKey } from "../crypto/rsa.ts";
import { openInnerData } from "./inner-data.ts";
import { newChallenge } from "./pq.ts";

/** What a finished exchange leaves behind. */
export interface NewKey {
  bytes: Buffer;
  salt: bigint;
  /** Seconds a temporary key shall live; null for a permanent one. */
  expiresIn: number | null;
}

export interface HandshakeOptions {
  serverKey: ServerKey;
  dcId: number;
  now(): number;
  keep(key: NewKey): void;
}

/** The wrong thing was said: a real server drops the exchange with the transport error -404. */
export class HandshakeError extends Error {
  override name = "HandshakeError";
}

/** One exchange of keys, from req_pq to dh_gen_ok. */
export class Handshake {
  readonly #options: HandshakeOptions;
  readonly #nonce: Buffer;
  readonly #serverNonce = randomBytes(16);
  readonly #challenge = newChallenge();
  #newNonce: Buffer | undefined;
  #secret: Buffer | undefined;
  #aes: AesKey | undefined;
  #expiresIn: number | null = null;

  constructor(options: HandshakeOptions, nonce: Buffer) {
    this.#options = options;
    this.#nonce = Buffer.from(nonce);
  }

  get nonces(): { nonce: Buffer; server_nonce: Buffer } {
    return { nonce: this.#nonce, server_nonce: this.#serverNonce };
  }

  start(): TlObject {
    return {
      _: "resPQ",
      ...this.nonces,
      pq: this.#challenge.pq,
      server_public_key_fingerprints: [this.#options.serverKey.fingerprint],
    };
  }

  answer(request: TlObject): TlObject {
    if (!bytesOf(request, "nonce").equals(this.#nonce)) throw new HandshakeError("Another nonce.");
    if (!bytesOf(request, "server_nonce").equals(this.#serverNonce)) throw new HandshakeError("Another server nonce.");
    if (request._ === "req_DH_params") return this.#parameters(request);
    if (request._ === "set_client_DH_params") return this.#finish(request);
    throw new HandshakeError(`${request._} is no step of the exchange.`);
  }

  #parameters(request: TlObject): TlObject {
    if (longOf(request, "public_key_fingerprint") !== this.#options.serverKey.fingerprint) {
      throw new HandshakeError("No such public key.");
    }
    const inner = openInnerData(this.#options.serverKey, bytesOf(request, "encrypted_data"));
    if (!inner) throw new HandshakeError("The inner data cannot be opened.");
    this.#checkInner(inner, request);
    const newNonce = Buffer.from(bytesOf(inner, "new_nonce"));
    this.#newNonce = newNonce;
    this.#expiresIn = inner._.includes("temp") ? intOf(inner, "expires_in") : null;
    const exponent = newExponent();
    this.#secret = exponent.secret;
    this.#aes = temporaryAes(newNonce, this.#serverNonce);
    const plain = new TlWriter(mtprotoSchema, 1024).object({
      _: "server_DH_inner_data",
      ...this.nonces,
      g: DH_G,
      dh_prime: DH_PRIME,
      g_a: exponent.power,
      server_time: this.#options.now(),
    });
    const hashed = Buffer.concat([sha1(plain.result()), plain.result()]);
    const padded = Buffer.concat([hashed, randomBytes((16 - (hashed.length % 16)) % 16)]);
    const encrypted = igeEncrypt(padded, this.#aes.key, this.#aes.iv);
    return { _: "server_DH_params_ok", ...this.nonces, encrypted_answer: encrypted };
  }

  #checkInner(inner: TlObject, request: TlObject): void {
    const { pq, p, q } = this.#challenge;
    const right =
      bytesOf(inner, "nonce").equals(this.#nonce) &&
      bytesOf(inner, "server_nonce").equals(this.#serverNonce) &&
      bytesOf(inner, "pq").equals(pq) &&
      bytesOf(inner, "p").equals(p) &&
      bytesOf(inner, "q").equals(q) &&
      bytesOf(request, "p").equals(p) &&
      bytesOf(request, "q").equals(q);
    if (!right) throw new HandshakeError("Inner data of another exchange.");
    // Test data centres are asked for with 10000 added, media ones with a minus.
    const wanted = Math.abs(intOf(inner, "dc", this.#options.dcId)) % 10_000;
    if (wanted !== this.#options.dcId) throw new HandshakeError("Meant for another data centre.");
  }

  #finish(request: TlObject): TlObject {
    if (!this.#aes || !this.#secret || !this.#newNonce) throw new HandshakeError("A step was left out.");
    const sealed = bytesOf(request, "encrypted_data");
    if (sealed.length === 0 || sealed.length % 16 !== 0) throw new HandshakeError("Encrypted data of a wrong length.");
    const opened = igeDecrypt(sealed, this.#aes.key, this.#aes.iv);
    const reader = new TlReader(opened.subarray(20), mtprotoSchema);
    const inner = reader.object();
    if (!sha1(opened.subarray(20, 20 + reader.position)).equals(opened.subarray(0, 20))) {
      throw new HandshakeError("A wrong hash.");
    }
    if (inner._ !== "client_DH_inner_data" || !bytesOf(inner, "nonce").equals(this.#nonce)) {
      throw new HandshakeError("Inner data of another exchange.");
    }
    const bytes = sharedKey(this.#secret, bytesOf(inner, "g_b"));
    const salt = xor(this.#newNonce.subarray(0, 8), this.#serverNonce.subarray(0, 8)).readBigInt64LE();
    this.#options.keep({ bytes, salt, expiresIn: this.#expiresIn });
    const proof = sha1(this.#newNonce, Buffer.from([1]), sha1(bytes).subarray(0, 8)).subarray(4, 20);
    return { _: "dh_gen_ok", ...this.nonces, new_nonce_hash1: proof };
  }
}

/** The AES key of the exchange itself, made of both nonces. */
function temporaryAes(newNonce: Buffer, serverNonce: Buffer): AesKey {
  const a = sha1(newNonce, serverNonce);
  const b = sha1(serverNonce, newNonce);
  const c = sha1(newNonce, newNonce);
  return {
    key: Buffer.concat([a, b.subarray(0, 12)]),
    iv: Buffer.concat([b.subarray(12, 20), c, newNonce.subarray(0, 4)]),
  };
}

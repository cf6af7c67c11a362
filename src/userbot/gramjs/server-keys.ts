/** The RSA keys by which a data centre proves who it is: GramJS knows Telegram's own, settings may name others. */
import { createHash, createPublicKey } from "node:crypto";
import bigInt from "big-integer";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { FatalError } from "../../core/errors.ts";
import { tlString } from "./tl-bytes.ts";

export interface ServerKey {
  /** The lower 64 bits of the SHA-1 of the TL form, as signed decimal digits: how a server names its key. */
  fingerprint: string;
  n: bigint;
  e: bigint;
}

/** Reads a PEM public key (PKCS#1 or SPKI) and reckons the fingerprint Telegram's servers would announce it by. */
export function serverKeyOf(pem: string): ServerKey {
  let jwk: { n?: string; e?: string };
  try {
    jwk = createPublicKey(pem).export({ format: "jwk" });
  } catch (cause) {
    throw new FatalError("TELEGRAM_SERVER_KEY is no RSA public key: give a PEM text or a PEM file.", "CONFIG", {
      cause,
    });
  }
  const n = Buffer.from(jwk.n ?? "", "base64url");
  const e = Buffer.from(jwk.e ?? "", "base64url");
  const digest = createHash("sha1").update(tlString(n)).update(tlString(e)).digest();
  return { fingerprint: digest.readBigInt64LE(12).toString(), n: toBigInt(n), e: toBigInt(e) };
}

/** Makes the keys known to GramJS's key exchange; those of Telegram itself stay. */
export function trustServerKeys(pems: readonly string[]): void {
  for (const pem of pems) {
    const { fingerprint, n, e } = serverKeyOf(pem);
    _serverKeys.set(fingerprint, { n: bigInt(n), e: Number(e) });
  }
}

const toBigInt = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString("hex") || "0"}`);

import { TlReader } from "../../tl/reader.ts";
import { mtprotoSchema } from "../../tl/schema.ts";
import type { TlObject } from "../../tl/value.ts";
import { sha1, sha256, xor } from "../crypto/hash.ts";
import { igeDecrypt } from "../crypto/ige.ts";
import type { ServerKey } from "../crypto/rsa.ts";

const NO_IV = Buffer.alloc(32);

/** Opens the RSA-encrypted p_q_inner_data in either of its two paddings; undefined when it is neither. */
export function openInnerData(serverKey: ServerKey, sealed: Buffer): TlObject | undefined {
  if (sealed.length !== 256) return undefined;
  let opened: Buffer;
  try {
    opened = serverKey.decrypt(sealed);
  } catch {
    return undefined;
  }
  return openPadded(opened) ?? openHashed(opened);
}

/** RSA_PAD: a one-time AES key hidden under the hash of what it sealed; the data inside stands backwards. */
function openPadded(opened: Buffer): TlObject | undefined {
  const sealed = opened.subarray(32);
  const key = xor(opened.subarray(0, 32), sha256(sealed));
  const plain = igeDecrypt(sealed, key, NO_IV);
  const data = Buffer.from(plain.subarray(0, 192)).reverse();
  if (!sha256(key, data).equals(plain.subarray(192))) return undefined;
  return read(data)?.object;
}

/** The old padding: a zero byte, SHA-1 of the data, the data, random bytes. */
function openHashed(opened: Buffer): TlObject | undefined {
  if (opened[0] !== 0) return undefined;
  const data = opened.subarray(21);
  const found = read(data);
  if (!found || !sha1(data.subarray(0, found.length)).equals(opened.subarray(1, 21))) return undefined;
  return found.object;
}

function read(data: Buffer): { object: TlObject; length: number } | undefined {
  try {
    const reader = new TlReader(data, mtprotoSchema);
    const object = reader.object();
    return object._.startsWith("p_q_inner_data") ? { object, length: reader.position } : undefined;
  } catch {
    return undefined;
  }
}

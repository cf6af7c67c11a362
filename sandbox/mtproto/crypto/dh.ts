import { createDiffieHellman, type DiffieHellman, randomBytes } from "node:crypto";

/** The prime that Telegram's own servers use; clients know it and skip the test of primality. */
export const DH_PRIME = Buffer.from(
  "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F48198A0AA7C14058229493D22530F4DB" +
    "FA336F6E0AC925139543AED44CCE7C3720FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64" +
    "2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4A4A695811051907E162753B56B0F6B41" +
    "0DBA74D8A84B2A14B3144E0EF1284754FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4" +
    "E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F0D8115F635B105EE2E4E15D04B2454BF" +
    "6F4FADF034B10403119CD8E3B92FCC5B",
  "hex",
);
export const DH_G = 3;
/** Powers nearer to either end of the group than this are refused, as the protocol asks of both sides. */
const MARGIN = 1n << 1984n;
const P = BigInt(`0x${DH_PRIME.toString("hex")}`);

let shared: DiffieHellman | undefined;

/** One native object for all: making it tests the prime, which takes a while. */
function group(): DiffieHellman {
  shared ??= createDiffieHellman(DH_PRIME, DH_G);
  return shared;
}

/** A secret exponent and g to its power, both 256 bytes. */
export function newExponent(): { secret: Buffer; power: Buffer } {
  const secret = randomBytes(256);
  return { secret, power: powerOfG(secret) };
}

export function powerOfG(secret: Buffer): Buffer {
  const dh = group();
  dh.setPrivateKey(secret);
  return leftPad(dh.generateKeys());
}

/** The shared key of our secret and the other side's power. Throws for a power outside of the group. */
export function sharedKey(secret: Buffer, otherPower: Buffer): Buffer {
  const power = BigInt(`0x${otherPower.toString("hex") || "0"}`);
  if (power < MARGIN || power > P - MARGIN) throw new RangeError("A power outside of the group.");
  const dh = group();
  dh.setPrivateKey(secret);
  return leftPad(dh.computeSecret(otherPower));
}

function leftPad(number: Buffer): Buffer {
  return number.length === 256 ? number : Buffer.concat([Buffer.alloc(256 - number.length), number]);
}

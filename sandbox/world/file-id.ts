/**
 * Ids of generated files carry where they come from, scrambled so that they look like Telegram's and say nothing:
 * history (20 bits) and slot (30 bits), turned about by a multiplication that has an inverse. 59 bits in all; the bits
 * above tell them from profile pictures.
 */
const BITS = 59n;
const ODD = 0x5851f42d4c957f2dn;
const MARK = 0x155n;

/** The inverse of an odd number modulo 2^64, by Newton's iteration. */
function inverse(odd: bigint): bigint {
  let x = odd;
  for (let i = 0; i < 6; i++) x = BigInt.asUintN(64, x * (2n - odd * x));
  return x;
}

const BACK = inverse(ODD);

/** `history` below 2^20, `slot` below 2^30. */
export function fileIdOf(history: number, slot: number): bigint {
  const plain = (MARK << 50n) | (BigInt(history) << 30n) | BigInt(slot);
  return BigInt.asUintN(Number(BITS), plain * ODD);
}

/** Null for an id that was not made by fileIdOf. */
export function placeOfFile(id: bigint): { history: number; slot: number } | null {
  if (id < 0n || id >> BITS !== 0n) return null;
  const plain = BigInt.asUintN(Number(BITS), id * BACK);
  if (plain >> 50n !== MARK) return null;
  return { history: Number((plain >> 30n) & 0xfffffn), slot: Number(plain & 0x3fffffffn) };
}

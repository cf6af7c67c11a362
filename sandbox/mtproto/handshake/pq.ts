import { randomInt } from "node:crypto";

/** The product of two different primes of 31 bits, which the client has to take apart. */
export function newChallenge(): { pq: Buffer; p: Buffer; q: Buffer } {
  const first = newPrime();
  let second = newPrime();
  while (second === first) second = newPrime();
  const [p, q] = first < second ? [first, second] : [second, first];
  const pq = Buffer.alloc(8);
  pq.writeBigUInt64BE(BigInt(p) * BigInt(q));
  return { pq, p: big32(p), q: big32(q) };
}

function newPrime(): number {
  for (;;) {
    const candidate = randomInt(2 ** 30, 2 ** 31 - 1) | 1;
    if (isPrime(candidate)) return candidate;
  }
}

function isPrime(odd: number): boolean {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2) if (odd % divisor === 0) return false;
  return true;
}

function big32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

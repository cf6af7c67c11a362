/** Splits the product of two primes that a data centre gives as a small proof of work. */
export function factorize(pq: bigint): [bigint, bigint] {
  for (let c = 1n; ; c++) {
    const p = findFactor(pq, c);
    if (p === null) continue;
    const q = pq / p;
    return p < q ? [p, q] : [q, p];
  }
}

/** Pollard's rho in Brent's form: one gcd for many steps. */
function findFactor(n: bigint, c: bigint): bigint | null {
  if (n % 2n === 0n) return 2n;
  const step = (x: bigint) => (x * x + c) % n;
  let y = 2n;
  for (let length = 1; length < 1 << 22; length *= 2) {
    const anchor = y;
    for (let done = 0; done < length; ) {
      const before = y;
      const count = Math.min(128, length - done);
      let product = 1n;
      for (let i = 0; i < count; i++) {
        y = step(y);
        product = (product * (y > anchor ? y - anchor : anchor - y)) % n;
      }
      done += count;
      if (gcd(product, n) === 1n) continue;
      // Somewhere in the last steps: walk them one by one.
      let z = before;
      for (let i = 0; i < count; i++) {
        z = step(z);
        const found = gcd(z > anchor ? z - anchor : anchor - z, n);
        if (found !== 1n) return found === n ? null : found;
      }
    }
  }
  return null;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

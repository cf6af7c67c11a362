/** Which known word was probably meant, or null when none is near enough to be worth suggesting. */
export function didYouMean(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase().slice(0, 40);
  if (wanted.length < 2) return null;
  let best: string | null = null;
  let bestDistance = wanted.length <= 4 ? 2 : 3;
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? startsLike(wanted, known);
}

/** "doc" for "documents": a beginning of three letters or more that only one known word has. */
function startsLike(word: string, known: Iterable<string>): string | null {
  if (word.length < 3) return null;
  const matches = [...known].filter((candidate) => candidate.startsWith(word));
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

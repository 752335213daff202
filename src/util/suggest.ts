/** Longer words are not compared: nobody mistypes one, and the cost grows with the square of the length. */
const LONGEST = 64;

/**
 * The candidate that `word` is most likely a slip of, or `null` when none is near. Letter case counts for nothing,
 * and a swap of neighbours counts as one slip. Of two equally near candidates the earlier one is given. `mostSlips`
 * makes it stricter than the one slip for every four letters that it allows by itself.
 */
export function suggest(word: string, candidates: Iterable<string>, mostSlips = 3): string | null {
  if (word.length > LONGEST) return null;
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const limit = Math.min(
      mostSlips,
      slipsAllowed(Math.max(word.length, candidate.length)),
      bestDistance - 1,
    );
    if (limit < 0 || candidate.length > LONGEST) continue;
    const distance = slips(wanted, candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** Words of three letters or fewer must agree but for their case. */
function slipsAllowed(length: number): number {
  return Math.floor(length / 4);
}

/** Insertions, deletions, substitutions and swaps of neighbours between two words; any number over `limit` may be given for "too many". */
function slips(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? Infinity) + 1,
        (current[column - 1] ?? Infinity) + 1,
        (last[column - 1] ?? Infinity) + (same ? 0 : 1),
      );
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? Infinity) + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? limit + 1;
}

/**
 * Whether a decimal literal is read as the number it says: within ±(2^53 - 1), not lost to zero, and no negative
 * zero. Digits after the point may be rounded, as everywhere.
 */
export function isExactNumber(literal: string): boolean {
  const value = Number(literal);
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return false;
  return value !== 0 || (!literal.startsWith('-') && !/^[^eE]*[1-9]/.test(literal));
}

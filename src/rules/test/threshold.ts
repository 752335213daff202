/** A percentage as it is written: `units` of ten to the power of `-decimals`. */
export type Threshold = { readonly text: string; readonly units: bigint; readonly decimals: number };

export type Share = { readonly covered: number; readonly total: number };

const LONGEST = 30;

/** A percentage from 0 to 100, such as `80` or `99.95 %`; `null` for anything else. */
export function parseThreshold(text: string): Threshold | null {
  const match = /^(\d{1,3})(?:\.(\d+))?\s*%?$/.exec(text.trim());
  if (match === null || text.length > LONGEST) return null;
  const [, whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  const decimals = fraction.length;
  if (units > 100n * 10n ** BigInt(decimals)) return null;
  return { text: fraction === '' ? whole : `${whole}.${fraction}`, units, decimals };
}

/** Whether a share is at or above a threshold; exact, nothing is rounded. Of nothing, everything is covered. */
export function reaches({ covered, total }: Share, { units, decimals }: Threshold): boolean {
  return BigInt(covered) * 100n * 10n ** BigInt(decimals) >= units * BigInt(total);
}

const USUAL_DECIMALS = 2;

/**
 * A share in percent without its sign, cut and not rounded: 100 is everything. With a threshold it has as many decimals
 * as that, so that the two can be compared by eye.
 */
export function percentText({ covered, total }: Share, threshold: Threshold | null = null): string {
  const decimals = Math.max(USUAL_DECIMALS, threshold?.decimals ?? 0);
  const scale = 10n ** BigInt(decimals);
  const units = total === 0 ? 100n * scale : (BigInt(covered) * 100n * scale) / BigInt(total);
  const fraction = String(units % scale)
    .padStart(decimals, '0')
    .replace(/0+$/, '');
  const whole = String(units / scale);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

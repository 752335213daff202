const STEPS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** A number of seconds for people, in the largest unit that it has two of: `45 seconds`, `3 hours`. */
export function durationInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [size, unit] = STEPS.find(([each]) => whole >= 2 * each) ?? [1, 'second'];
  const number = Math.floor(whole / size);
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

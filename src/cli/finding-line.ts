import type { Finding } from '../findings/finding.ts';

/** A finding on one line, with what waivers and baselines know it by. */
export function findingLine({ severity, rule, resource, location, fingerprint }: Finding): string {
  const { uri, range } = location;
  const place = range === null ? uri : `${uri}:${range.start.line}:${range.start.column}`;
  return `${severity.padEnd(8)}  ${rule}  ${place}  ${resource.name}  ${fingerprint}`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}

import type { Range } from '../documents/range.ts';
import type { Finding } from '../findings/finding.ts';
import { visible } from './escape.ts';

/** `1 file`, `2 files`. The plural is `noun` with an `s` unless it is given. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `:7:3` for a range, nothing for `null`. */
export function positionSuffix(range: Range | null): string {
  return range === null ? '' : `:${range.start.line}:${range.start.column}`;
}

const SHORT_FINGERPRINT = 'v1:'.length + 8;

/** As much of a fingerprint as tells a finding from the others of most runs; `explain` says when it does not. */
export function shortFingerprint({ fingerprint }: Pick<Finding, 'fingerprint'>): string {
  return visible(fingerprint.slice(0, SHORT_FINGERPRINT));
}

/** Words of a text in lines of at most `width` characters; a longer word has a line of its own. */
export function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

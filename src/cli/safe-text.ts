import { joinLines, visible } from '../reporters/escape.ts';

/** Lines for stderr that neither a terminal nor a CI log obeys: names of files and keys may be anybody's. */
export function safeText(lines: readonly string[]): string {
  return joinLines(lines.map(visible));
}

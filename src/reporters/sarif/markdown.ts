import { prose } from './words.ts';

/** What begins markup in a line of GitHub's Markdown, or ends it. */
const SIGNS = /[\\`*_[\]<>&#|~!]/g;
const LIST_START = /^([-+]|\d+[.)])(?= |$)/;

/** Text of a rule as Markdown on one line: its code spans are kept, everything else is text. */
export function markdownText(text: string): string {
  return prose(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(SIGNS, String.raw`\$&`)))
    .join('')
    .replace(LIST_START, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`);
}

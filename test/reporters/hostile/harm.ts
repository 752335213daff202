import type { Field } from './fields.ts';

/** What one format's reader would fall for, where an output says something else than its harmless twin; `null` for nothing. */
export type Detector = (
  output: string,
  twin: string,
  options: Pick<Field, 'isAddress' | 'isProse'>,
) => string | null;

const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

/** The first thing in the text that cannot be seen, or moves what can; line feeds are ours. */
export function unseen(text: string): string | null {
  // Looking through ASCII with a Unicode pattern takes a while.
  const found = UNSEEN.exec(text.replaceAll(/[\n -~]+/g, ''))?.[0];
  return found === undefined ? null : `U+${(found.codePointAt(0) ?? 0).toString(16)} is in it as it is`;
}

/**
 * The first line that a runner could take for a command: GitHub's parsers (actions/runner, ActionCommand), without their
 * tables of known commands, version 2 at the start of a line and version 1 anywhere in it; and Azure Pipelines'.
 */
export function obeyed(text: string): string | null {
  const found = /(?:^[\s\u0085\u180e]*::|##(?:vso)?\[).{0,20}/imu.exec(text)?.[0];
  return found === undefined ? null : `a runner could obey ${JSON.stringify(found)}`;
}

/** Where two lists differ first. */
export function difference(output: readonly string[], twin: readonly string[]): string | null {
  const index = output.findIndex((part, place) => part !== twin[place]);
  if (index === -1)
    return output.length < twin.length ? `${JSON.stringify(twin[output.length])} is missing` : null;
  return `${JSON.stringify(output[index])} in place of ${JSON.stringify(twin[index] ?? 'nothing')}`.slice(
    0,
    400,
  );
}

/** An address that may be followed: a web page, or a place in the same document. */
export function isHarmlessAddress(address: string): boolean {
  const isOwn = /^#[\w/-]*$/.test(address);
  return isOwn || (/^https?:\/\/[^/]/.test(address) && URL.canParse(address) && unseen(address) === null);
}

/** A function that remembers its last answer: often one twin is held against many outputs. */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly answer: T } | null = null;
  return (text) => {
    last = last?.text === text ? last : { text, answer: compute(text) };
    return last.answer;
  };
}

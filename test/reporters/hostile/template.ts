import { remembered } from './harm.ts';
import { MARK } from './twins.ts';

/**
 * What stands in an output wherever its twin has a harmless text; `null` when the output is not its twin with other texts
 * there. When none of these texts can do anything in their format, the output needs no parsing: it means what its twin
 * means. One that may do something, or an output that differs elsewhere, is for the parser to judge.
 */
export function textsInPlace(output: string, segments: readonly string[]): readonly string[] | null {
  const [first = '', ...rest] = segments;
  if (rest.length === 0 || !output.startsWith(first)) return null;
  const texts: string[] = [];
  let at = first.length;
  for (const [index, segment] of rest.entries()) {
    const end = index === rest.length - 1 ? output.length - segment.length : output.indexOf(segment, at);
    if (end < at || !output.startsWith(segment, end)) return null;
    texts.push(output.slice(at, end));
    at = end + segment.length;
  }
  return texts;
}

/** What a twin has around its harmless texts. */
export const segmentsOf = remembered((twin) => twin.split(MARK));

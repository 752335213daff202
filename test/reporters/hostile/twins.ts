/** How often, and with which marks, harmless texts stand in for hostile ones. */
export const MARK = /harmless\d{4}/g;

/** A harmless text for each: all different, none with a meaning anywhere. Blank ones stay what they are. */
export function twinsOf(texts: readonly string[]): readonly string[] {
  return texts.map((text, index) =>
    text.trim() === '' ? text : `harmless${String(index).padStart(4, '0')}`,
  );
}

export function hasMark(text: string): boolean {
  return text.search(MARK) !== -1;
}

/** Which texts an output shows. */
export function marksIn(output: string): ReadonlySet<string> {
  return new Set(output.match(MARK));
}

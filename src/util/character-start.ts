/** The offset in UTF-16 units, or the next one where it would part a character. */
export function characterStart(text: string, offset: number): number {
  const splitsPair = offset > 0 && offset < text.length && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
  return splitsPair ? offset + 1 : offset;
}

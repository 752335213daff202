/** A word as it is typed into a shell: in quotes when it would not be one word, or not itself, without. */
export function shellWord(word: string): string {
  return /^[\w./@:+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

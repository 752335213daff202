/** JSON on one line in which no character is unseen, or acted on by a terminal or an editor. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(UNSEEN, escaped);
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

/**
 * A module's text without comments and strings, each of which leaves a blank. The expressions in template strings stay:
 * they are code. Text that is not valid Rego gives something, which the compiler will refuse anyway.
 */
export function codeIn(text: string): string {
  const kept: string[] = [];
  /** For each template string around the place: its quote, and how many braces are open in its expression. */
  const templates: { readonly quote: string; braces: number }[] = [];
  let at = 0;
  while (at < text.length) {
    const template = templates.at(-1);
    const character = text.charAt(at);
    if (character === '#') {
      at = endOf(text, '\n', at);
    } else if (character === '$' && isQuote(text.charAt(at + 1))) {
      const quote = text.charAt(at + 1);
      at = skipTemplate(text, at + 2, quote);
      if (text.charAt(at - 1) === '{') templates.push({ quote, braces: 0 });
    } else if (isQuote(character)) {
      at = skipString(text, at + 1, character);
      kept.push(' ');
    } else if (character === '}' && template?.braces === 0) {
      at = skipTemplate(text, at + 1, template.quote);
      if (text.charAt(at - 1) !== '{') templates.pop();
      kept.push(' ');
    } else {
      if (template !== undefined) template.braces += character === '{' ? 1 : character === '}' ? -1 : 0;
      kept.push(character);
      at += 1;
    }
  }
  return kept.join('');
}

function isQuote(character: string): boolean {
  return character === '"' || character === '`';
}

/** After the closing quote; a raw string knows no escapes. */
function skipString(text: string, start: number, quote: string): number {
  if (quote === '`') return endOf(text, quote, start) + 1;
  let at = start;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/** After the closing quote of a template string, or after the brace that opens an expression. */
function skipTemplate(text: string, start: number, quote: string): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== quote && text.charAt(at) !== '{') {
    const isEscape = text.charAt(at) === '\\' && (quote === '"' || text.charAt(at + 1) === '{');
    at += isEscape ? 2 : 1;
  }
  return at + 1;
}

function endOf(text: string, mark: string, start: number): number {
  const end = text.indexOf(mark, start);
  return end === -1 ? text.length : end;
}

type CodePointRange = readonly [from: number, to: number];

const C0: CodePointRange = [0x00, 0x1f];

/**
 * What a reader cannot see, or what moves, hides or reorders what he sees: terminal controls, line separators,
 * bidirectional controls, and Unicode's Default_Ignorable_Code_Point
 * (https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt). Written out, so that every version of
 * Node gives the same bytes. Joiners and variation selectors are in it too: inside a name they cannot be told from
 * their absence.
 */
const UNSEEN: readonly CodePointRange[] = [
  [0x7f, 0x9f], // DEL and C1
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian variation selectors
  [0x200b, 0x200f], // zero width, left-to-right and right-to-left marks
  [0x2028, 0x202e], // line and paragraph separator, bidirectional embedding
  [0x2060, 0x206f], // word joiner, invisible operators, bidirectional isolates
  [0x2800, 0x2800], // blank Braille pattern
  [0x3164, 0x3164], // Hangul filler
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // halfwidth Hangul filler
  [0xfff0, 0xfffb], // interlinear annotation
  [0xfffe, 0xffff], // not characters
];

/** As `UNSEEN`, above U+FFFF. Each range keeps to one leading surrogate or takes all that its leading ones begin. */
const UNSEEN_ASTRAL: readonly CodePointRange[] = [
  [0x13430, 0x1343f], // Egyptian hieroglyph format controls
  [0x1bca0, 0x1bca3], // shorthand format controls
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe0fff], // tags, more variation selectors
];

const LONE_SURROGATE = String.raw`[\ud800-\udbff](?![\udc00-\udfff])|[\udc00-\udfff](?<![\ud800-\udbff][\udc00-\udfff])`;

/**
 * `##[command]` and `##vso[command]`, which the runners of GitHub and Azure Pipelines obey anywhere in a line
 * (actions/runner, `ActionCommand.TryParse`; azure-pipelines-agent, `Command.TryParse`).
 */
const RUNNER_COMMAND = String.raw`##\w*\[`;

const RISK_IN_TEXT = riskPattern([C0, ...UNSEEN]);
const EVERY_RISK_IN_TEXT = new RegExp(RISK_IN_TEXT, 'g');
const RISK_IN_JSON = riskPattern(UNSEEN);
const EVERY_RISK_IN_JSON = new RegExp(RISK_IN_JSON, 'g');
/** One escape of a JSON string after the other, so that a backslash that is itself escaped begins none. */
const JSON_ESCAPE = /\\(?:ud[89a-f][\da-f]{2}|.)/g;
/** `::` as the first thing in a line, behind nothing but white space and our own colours. */
const LEADING_COMMAND = /^((?:\u001b\[[\d;]*m|[^\S\n])*)::/gm;

/**
 * Untrusted text made safe for a terminal and a CI log, on one line: each character that cannot be seen becomes
 * readable (`\x1b`, `\u{202e}`, `\u{d800}`), and `##[` loses its meaning (`##\x5b`). A line that begins with the
 * result may still begin with `::`; `joinLines` and `pathAtLineStart` see to that.
 */
export function visible(text: string): string {
  return RISK_IN_TEXT.test(text) ? text.replace(EVERY_RISK_IN_TEXT, named) : text;
}

/** What `visible` shows for each character (code point) of the text, in order. */
export function visibleCharacters(text: string): { readonly source: string; readonly shown: string }[] {
  const risky = new Set(
    Array.from(text.matchAll(EVERY_RISK_IN_TEXT), ({ 0: risk, index }) => index + harmOf(risk)),
  );
  let offset = 0;
  return Array.from(text, (source) => {
    const shown = risky.has(offset) ? escapeSequence(source) : source;
    offset += source.length;
    return { source, shown };
  });
}

/** A path that begins a line, safe there: `./` goes before one that could make a workflow command (`::error`). */
export function pathAtLineStart(path: string): string {
  const shown = visible(path);
  return /^\s*:/.test(shown) ? `./${shown}` : shown;
}

/**
 * Lines as one text that ends with a line break. No line of it begins with `::`, which GitHub's runner looks for
 * behind leading white space (actions/runner, `ActionCommand.TryParseV2`).
 */
export function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${disarmLineStarts(lines.join('\n'))}\n`;
}

/**
 * JSON text, as `JSON.stringify` gives it, with the same value that hides nothing and that no CI log obeys: risky
 * characters as `\uXXXX`. Lone surrogates become U+FFFD, so that every JSON reader can take the text.
 */
export function visibleJson(json: string): string {
  const wellFormed = json.includes('\\ud') ? json.replace(JSON_ESCAPE, pairedOrReplaced) : json;
  return RISK_IN_JSON.test(wellFormed) ? wellFormed.replace(EVERY_RISK_IN_JSON, namedInJson) : wellFormed;
}

/** `JSON.stringify` escapes a surrogate only when it is alone. */
function pairedOrReplaced(escape: string): string {
  return escape.startsWith('\\ud') ? String.raw`\ufffd` : escape;
}

/** Where the harm in a match begins: a character alone, or the bracket that ends a runner's command. */
function harmOf(risk: string): number {
  return risk.startsWith('##') ? risk.length - 1 : 0;
}

function named(risk: string): string {
  const harm = harmOf(risk);
  return risk.slice(0, harm) + escapeSequence(risk.slice(harm));
}

function escapeSequence(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint < 0x100
    ? String.raw`\x${codePoint.toString(16).padStart(2, '0')}`
    : String.raw`\u{${codePoint.toString(16)}}`;
}

function namedInJson(risk: string): string {
  const harm = harmOf(risk);
  return (
    risk.slice(0, harm) +
    Array.from({ length: risk.length - harm }, (_, index) => unit(risk, harm + index)).join('')
  );
}

/** `\u2028` for a UTF-16 unit of the text. */
function unit(text: string, index: number): string {
  return String.raw`\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
}

function disarmLineStarts(text: string): string {
  return text.includes('::') ? text.replace(LEADING_COMMAND, String.raw`$1\x3a:`) : text;
}

/** Without the `u` flag, which makes a search through a large report ten times slower. */
function riskPattern(unseen: readonly CodePointRange[]): RegExp {
  const units = unseen
    .map(([from, to]) => `${unit(String.fromCharCode(from), 0)}-${unit(String.fromCharCode(to), 0)}`)
    .join('');
  const pairs = UNSEEN_ASTRAL.map(([from, to]) => {
    const [first, last] = [String.fromCodePoint(from), String.fromCodePoint(to)];
    return `[${unit(first, 0)}-${unit(last, 0)}][${unit(first, 1)}-${unit(last, 1)}]`;
  });
  return new RegExp([`[${units}]`, ...pairs, LONE_SURROGATE, RUNNER_COMMAND].join('|'));
}

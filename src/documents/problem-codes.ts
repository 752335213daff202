import type { Problem } from './problem.ts';
import type { Range } from './range.ts';

type CodeText = {
  /** The sentence used when the place knows nothing more exact to say. */
  readonly title: string;
  readonly hint: string;
};

/** Every problem of finding, reading and parsing files. Codes are stable: they are documented and written into reports. */
export const DOCUMENT_PROBLEMS = {
  'invalid-glob': {
    title: 'The pattern cannot be used.',
    hint: 'Use *, **, ?, [a-z] and {a,b} only; leave files out with "exclude" in the config.',
  },
  'no-such-file': {
    title: 'There is no such file or folder.',
    hint: 'Check the spelling; paths are relative to the working directory.',
  },
  'no-match': {
    title: 'The pattern matches no file.',
    hint: 'Patterns find .json, .yaml and .yml files, and are relative to the working directory.',
  },
  'empty-folder': {
    title: 'The folder holds no JSON or YAML file.',
    hint: 'Leave it out, or name the files that are meant.',
  },
  'too-many-files': {
    title: 'There are too many files.',
    hint: 'Name smaller folders, or narrow "manifests" in the config.',
  },
  'folder-too-deep': {
    title: 'The folders are nested too deeply, and what is below this one was not looked at.',
    hint: 'Name the inner folder directly, or exclude this one.',
  },
  'folder-unreadable': {
    title: 'The folder cannot be listed.',
    hint: 'Check its permissions, or exclude it.',
  },
  'file-name-not-utf8': {
    title: 'The name is not valid UTF-8, so it cannot be opened reliably.',
    hint: 'Rename it, or exclude its folder.',
  },
  'link-leaves-workspace': {
    title: 'The link leads out of the workspace and is not followed.',
    hint: 'Copy the target into the workspace, or exclude the link.',
  },
  'link-loop': { title: 'The link leads back to itself.', hint: 'Remove the link or point it at a file.' },
  'link-broken': { title: 'The link leads to nothing.', hint: 'Remove the link or restore its target.' },
  'not-a-regular-file': { title: 'This is not a regular file.', hint: 'Remove it, or exclude it.' },
  'file-disappeared': { title: 'The file disappeared while the run was going on.', hint: 'Run again.' },
  'file-unreadable': { title: 'The file cannot be read.', hint: 'Check its permissions and its disk.' },
  'file-too-large': {
    title: 'The file is too large.',
    hint: 'Split it, or raise the limit with --max-file-size.',
  },

  'wrong-encoding': { title: 'The file is not UTF-8 text.', hint: 'Save it as UTF-8.' },
  'invalid-utf8': { title: 'The file is not valid UTF-8.', hint: 'Save it as UTF-8.' },
  'byte-order-mark-inside': {
    title: 'U+FEFF (byte order mark) inside the document.',
    hint: 'Remove the invisible character; only one at the very start is allowed.',
  },
  'control-character': {
    title: 'A raw control character.',
    hint: 'Remove it, or write it as an escape in a double-quoted string.',
  },
  'lone-carriage-return': {
    title: 'A carriage return without a line feed.',
    hint: 'Save the file with LF or CRLF line endings.',
  },
  'malformed-unicode': {
    title: 'Half of a surrogate pair, which is not a character.',
    hint: 'Write the character itself, or both halves of the pair.',
  },

  'empty-document': { title: 'The document is empty.', hint: 'Write a mapping, or delete the file.' },
  'not-a-mapping': {
    title: 'The document is a single value, not a mapping or a list.',
    hint: 'Write keys and values.',
  },
  'too-deep': { title: 'Nesting deeper than 64.', hint: 'Flatten the document.' },
  'duplicate-key': { title: 'The same key twice.', hint: 'Keep one of the two.' },
  'number-not-exact': {
    title: 'The number cannot be represented exactly.',
    hint: 'Put it in quotes if it is an id; otherwise keep it within ±9007199254740991.',
  },
  'leading-zero': {
    title: 'A number with a leading zero, which readers take for different values.',
    hint: 'Put it in quotes if it is text; otherwise remove the zero.',
  },

  'json-comment': {
    title: 'JSON has no comments.',
    hint: 'Remove the comment, or rename the file to .yaml and use #.',
  },
  'json-trailing-comma': { title: 'A comma with nothing after it.', hint: 'Remove the comma.' },
  'json-single-quotes': { title: 'Text in single quotes.', hint: 'Use double quotes.' },
  'json-unquoted-key': { title: 'A key without quotes.', hint: 'Put the key in double quotes.' },
  'json-looks-like-yaml': { title: 'This is YAML, not JSON.', hint: 'Rename the file to .yaml.' },
  'json-truncated': {
    title: 'The file ends in the middle of a value.',
    hint: 'Close what is open, or restore the rest of the file.',
  },
  'json-trailing-text': {
    title: 'More text after the end of the document.',
    hint: 'Keep one value in a file.',
  },
  'json-missing-comma': {
    title: 'A comma is missing before this.',
    hint: 'Put a comma between two members.',
  },
  'json-missing-colon': { title: 'A colon is missing after the key.', hint: 'Write "key": value.' },
  'json-bad-escape': {
    title: 'An escape that JSON does not know.',
    hint: String.raw`Use \" \\ \/ \b \f \n \r \t or \u with four hexadecimal digits.`,
  },
  'json-line-break-in-string': {
    title: 'A line break or tab inside a string.',
    hint: String.raw`Close the string, or write \n or \t.`,
  },
  'json-bad-number': {
    title: 'A number in a form that JSON does not know.',
    hint: 'Write digits as in -12.5e3, or quote it as text.',
  },
  'json-syntax': {
    title: 'This is not valid JSON.',
    hint: 'A value is text in double quotes, a number, true, false, null, {…} or […].',
  },

  'yaml-syntax': {
    title: 'This is not valid YAML.',
    hint: 'Check the indentation, and quote text with special characters.',
  },
  'yaml-alias': { title: 'Aliases (*name) are not supported.', hint: 'Write the value out.' },
  'yaml-anchor': {
    title: 'Anchors (&name) are not supported.',
    hint: 'Remove the anchor and write the value out where it is used.',
  },
  'yaml-tag': {
    title: 'Tags (!name) are not supported.',
    hint: 'Remove the tag; quote the value if it is text.',
  },
  'yaml-merge-key': { title: 'Merge keys (<<) are not supported.', hint: 'Write the merged keys out.' },
  'yaml-directive': { title: 'Directives (%YAML, %TAG) are not supported.', hint: 'Remove the line.' },
  'yaml-complex-key': { title: 'A key that is a mapping or a list.', hint: 'Use plain text as a key.' },
  'yaml-null-key': { title: 'A key that is empty or null.', hint: 'Name the key, or put it in quotes.' },
  'yaml-comment-in-flow': {
    title: 'What looks like a // or /* comment would become part of a value here.',
    hint: 'Remove the comment or use #; quote the value if it is meant.',
  },
  'yaml-unclear-line-break': {
    title: 'An escaped line break before an empty line, which readers take for different text.',
    hint: String.raw`Join the lines, or write \n.`,
  },
  'yaml-ambiguous-text': {
    title: 'Unquoted text between brackets that runs over a quote or a line.',
    hint: 'A comma or a quote is missing; quote the text if it is meant.',
  },
} as const satisfies Record<string, CodeText>;

export type DocumentProblemCode = keyof typeof DOCUMENT_PROBLEMS;

type Where = {
  readonly uri: string | null;
  readonly range?: Range | null;
  /** Said instead of the code's own sentence. */
  readonly message?: string;
  readonly hint?: string | null;
  readonly related?: Problem['related'];
};

/** A problem with its code's words. */
export function documentProblem(code: DocumentProblemCode, where: Where): Problem {
  const { title, hint } = DOCUMENT_PROBLEMS[code];
  const { message = title, uri, range = null } = where;
  const problem = { code, message, hint: where.hint ?? hint, uri, range };
  return where.related === undefined ? problem : { ...problem, related: where.related };
}

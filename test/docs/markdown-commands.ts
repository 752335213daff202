/** A command that a document shows, what it shows the command to print, and where. */
export type Command = {
  readonly kind: 'command';
  readonly line: string;
  readonly shown: readonly string[];
  /** Exit code that the block says; only its last command has another than 0. */
  readonly exit: number;
  /** First line of the output, counted from 0. */
  readonly at: number;
};

export type Step =
  | Command
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** Some lines of a file in place of others. */
  | { readonly kind: 'change'; readonly path: string; readonly before: string; readonly after: string }
  /** What was changed is as it was before. */
  | { readonly kind: 'heading' };

export type Script = {
  readonly steps: readonly Step[];
  /** What nobody could run, by line. */
  readonly refused: readonly string[];
};

/** What is in a document is one of these, so that no command can stand in another. */
const LANGUAGES = ['console', 'diff', 'json', 'rego', 'yaml'];
/** How a line or a code span begins that shows a command; the name of the program alone is none. */
const COMMAND =
  /^(?:[$%] |agentid-lint (?:[a-z]+\b|-)|(?:npm|npx|pnpm|yarn|node|opa|regal|go|git|openssl|curl|bash|sh|cd|cp|mv|cat|mkdir) )/;
/** In text that is not marked as code, other words may follow the name. */
const COMMAND_IN_TEXT =
  /^(?:[$%] |(?:npx|npm) |agentid-lint (?:cache|completions|config|explain|help|lint|rules|-))/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;

/**
 * What a document says to do, in order. `console` blocks hold commands behind `$ ` and what they print; their info may
 * say `exit=<code>`. Blocks with `file=<path>` are files; of `diff` blocks, changes of a file that hold until the next
 * heading.
 */
export function scriptOf(markdown: string): Script {
  const steps: Step[] = [];
  const refused: string[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, fence, info = ''] = FENCE.exec(line) ?? [];
    if (fence === undefined) {
      if (/^#{1,6} /.test(line)) steps.push({ kind: 'heading' });
      if (/^(?: {4}|\t)\S/.test(line) || COMMAND_IN_TEXT.test(line.trim()))
        refused.push(`${at + 1}: ${line}`);
      if (/^\s+(?:`{3}|~{3})/.test(line)) refused.push(`${at + 1}: ${line}`);
      continue;
    }
    const end = lines.findIndex((other, index) => index > at && other === fence);
    const body = lines.slice(at + 1, end);
    const [language = '', ...words] = info.trim().split(' ');
    const settings = new Map(words.map((word) => word.split('=') as [string, string]));
    if (end === -1 || !LANGUAGES.includes(language)) refused.push(`${at + 1}: ${line}`);
    if (language === 'console') steps.push(...commandsIn(body, at + 1, Number(settings.get('exit') ?? 0)));
    else
      refused.push(...body.filter((each) => COMMAND.test(each.trim())).map((each) => `${at + 1}: ${each}`));
    const path = settings.get('file');
    if (path !== undefined) steps.push(language === 'diff' ? changeIn(body, path) : fileOf(body, path));
    if (language === 'console' && !(body[0] ?? '').startsWith('$ '))
      refused.push(`${at + 2}: ${body[0] ?? ''}`);
    if (end !== -1) at = end;
  }
  const run = steps.flatMap((step) => (step.kind === 'command' ? [step.line] : []));
  refused.push(...spansIn(lines).filter((span) => !run.some((command) => mentions(command, span))));
  return { steps, refused };
}

function commandsIn(body: readonly string[], first: number, exit: number): readonly Command[] {
  const starts = body.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []));
  return starts.map((start, number) => {
    const next = starts[number + 1] ?? body.length;
    return {
      kind: 'command',
      line: (body[start] ?? '').slice(2),
      shown: body.slice(start + 1, next),
      exit: next === body.length ? exit : 0,
      at: first + start + 1,
    };
  });
}

function fileOf(body: readonly string[], path: string): Step {
  return { kind: 'file', path, text: `${body.join('\n')}\n` };
}

function changeIn(body: readonly string[], path: string): Step {
  const side = (sign: string) =>
    body
      .filter((line) => line.startsWith(sign) || line.startsWith(' ') || line === '')
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  return { kind: 'change', path, before: side('-'), after: side('+') };
}

/** Code spans outside of blocks that show a command. */
function spansIn(lines: readonly string[]): readonly string[] {
  const isText: boolean[] = [];
  let fence: string | null = null;
  for (const line of lines) {
    const [, mark] = FENCE.exec(line) ?? [];
    isText.push(fence === null && mark === undefined);
    if (fence === null) fence = mark ?? null;
    else if (mark === fence) fence = null;
  }
  return lines
    .filter((_, index) => isText[index])
    .flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span))
    .filter((span) => COMMAND.test(span));
}

/** Whether what a span shows is a command that is run, or how it begins. */
function mentions(command: string, span: string): boolean {
  return command === span || command.startsWith(`${span} `);
}

/** Values that are others on another day or machine. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{64}\b/g, '<digest>'],
  [/\b[0-9a-f]{12}\b/g, '<commit>'],
  [/\b\d+(?:\.\d+)? (?:bytes|KiB|MiB)/g, '<size>'],
  [/\b\d+\.\d+\.\d+\b/g, '<version>'],
  [/\b\d+(?:\.\d+)? ?m?s\b/g, '<time>'],
];

/** Whether two outputs say the same, apart from versions, digests, sizes and times. */
export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return masked(one) === masked(other);
}

function masked(lines: readonly string[]): string {
  return MASKS.reduce((text, [pattern, mask]) => text.replaceAll(pattern, mask), lines.join('\n'));
}

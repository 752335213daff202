import { resolve } from 'node:path';
import type { Flag } from '../config/flags.ts';
import { REPORTERS, type ReporterName } from '../reporters/index.ts';
import { usageError } from './errors.ts';
import { choiceOf } from './flags.ts';

export type Output<Format extends string = ReporterName> = {
  readonly format: Format;
  /** As typed, for messages. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
};

/** Two writers of one stream would overwrite each other. */
const STDOUT = ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];

/** Every format's name. */
export const FORMATS = Object.keys(REPORTERS) as readonly ReporterName[];

/**
 * Reads `--output format=file` values.
 * @throws {UsageError} for another form, an unknown format, two reports to one file, or one that would replace an input
 */
export function parseOutputs(
  flag: Flag<readonly string[]> | undefined,
  where: { readonly cwd: string; readonly paths: readonly string[] },
): readonly Output[] {
  return parseOutputsOf(FORMATS, flag, where);
}

/** The same for what is written in other formats than reports are. */
export function parseOutputsOf<Format extends string>(
  formats: readonly Format[],
  flag: Flag<readonly string[]> | undefined,
  { cwd, paths }: { readonly cwd: string; readonly paths: readonly string[] },
): readonly Output<Format>[] {
  if (flag === undefined) return [];
  const { source } = flag;
  const taken = new Set<string>();
  const inputs = new Set(paths.map((path) => resolve(cwd, path)));
  return flag.value.map((value) => {
    const output = parseOutput(formats, { value, source }, cwd);
    if (taken.has(output.path)) {
      throw usageError(
        `${source} names ${JSON.stringify(output.name)} twice`,
        'Give each report its own file.',
      );
    }
    if (inputs.has(output.path)) {
      throw usageError(
        `${source} would replace the input ${JSON.stringify(output.name)}`,
        'Give the report a file of its own.',
      );
    }
    taken.add(output.path);
    return output;
  });
}

function parseOutput<Format extends string>(
  formats: readonly Format[],
  { value, source }: Flag<string>,
  cwd: string,
): Output<Format> {
  const equals = value.indexOf('=');
  const [format, name] = [value.slice(0, equals), value.slice(equals + 1)];
  if (equals <= 0 || name === '') {
    const example = equals === -1 && /[./\\]/.test(value) ? value : 'lint.json';
    throw usageError(
      `${source}: ${JSON.stringify(value)} is not of the form format=file`,
      `For example: --output json=${example}`,
    );
  }
  if (STDOUT.includes(name)) {
    throw usageError(
      `${source} writes to files, and ${JSON.stringify(name)} is stdout`,
      `For stdout: --format ${format}`,
    );
  }
  return { format: choiceOf({ value: format, source }, formats), name, path: resolve(cwd, name) };
}

/** The formats of reports as help text. */
export function formatsHelp(): string {
  const width = Math.max(...FORMATS.map((name) => name.length));
  return `Formats:\n${FORMATS.map((name) => `  ${name.padEnd(width)}  ${REPORTERS[name].description}`).join('\n')}`;
}

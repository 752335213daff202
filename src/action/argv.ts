import { join } from 'node:path';
import { usageError } from '../cli/errors.ts';
import { REPORTERS, type ReporterName } from '../reporters/index.ts';
import { NO_BASELINE, type Inputs } from './inputs.ts';

/** A report that is written to a file. */
export type ReportFile = { readonly format: ReporterName; readonly path: string };

/** What the Action decides itself, and why. */
const OWNED: Readonly<Record<string, string>> = {
  '--format': 'The log has the format for people. For files, use the input "formats".',
  '-f': 'The log has the format for people. For files, use the input "formats".',
  '--output': 'Use the inputs "formats" and "output-dir".',
  '--config': 'Use the input "config".',
  '--fail-on': 'Use the input "fail-on".',
  '--fail-on-new': 'Use the input "fail-on-new".',
  '--baseline': 'Use the input "baseline".',
  '--no-baseline': 'Use the input "baseline".',
  '--tenant': 'Use the input "tenant-id".',
  '--client-id': 'Use the input "client-id".',
  '--cloud': 'Use the input "cloud".',
  '--changed': 'Use the input "changed-only".',
  '--no-annotations': 'Use the input "annotations".',
  '--opa': 'The Action brings its own compiler, so that a pull request cannot name a program to run.',
};

/** The files that reports are written to: always JSON, and what else is asked for. */
export function reportFiles({ formats, uploadSarif }: Inputs, folder: string): readonly ReportFile[] {
  const wanted = new Set<ReporterName>(['json', ...(uploadSarif ? (['sarif'] as const) : []), ...formats]);
  return [...wanted].map((format) => ({ format, path: join(folder, fileName(format)) }));
}

/** `agentid-lint.html`, `agentid-lint.junit.xml`: two formats may have one extension. */
function fileName(format: ReporterName): string {
  const { extension } = REPORTERS[format];
  return extension === format ? `agentid-lint.${format}` : `agentid-lint.${format}.${extension}`;
}

/** What differs between the runs of one step. */
export type RunOptions = {
  /** The commit that a change is compared with, when only the change is reported. */
  readonly since: string | null;
  /** Whether the command line is to fail on what the baseline does not know. */
  readonly failOnNew: boolean;
};

/**
 * Our command line for the inputs. Every value stands in one argument with its option, so that none can become another
 * option.
 * @throws {UsageError} when `extra-args` say what the Action decides
 */
export function argvOf(
  inputs: Inputs,
  files: readonly ReportFile[],
  { since, failOnNew }: RunOptions,
): readonly string[] {
  refuseOwned(inputs);
  const { mode, paths, config, rules, failOn, baseline, tenantId, clientId, cloud } = inputs;
  return [
    mode,
    '--format=pretty',
    '--no-annotations',
    ...(since === null ? [] : ['--changed', `--since=${since}`]),
    ...files.map(({ format, path }) => `--output=${format}=${path}`),
    ...option('--config', config),
    ...rules.map((source) => `--rules=${source}`),
    ...option('--fail-on', failOn),
    ...(failOnNew ? ['--fail-on-new'] : []),
    ...(baseline === NO_BASELINE ? ['--no-baseline'] : option('--baseline', baseline)),
    ...option('--tenant', tenantId),
    ...option('--client-id', clientId),
    ...option('--cloud', cloud),
    ...inputs.extraArgs,
    ...(paths.length === 0 ? [] : ['--', ...paths]),
  ];
}

function option(name: string, value: string | null): readonly string[] {
  return value === null ? [] : [`${name}=${value}`];
}

function refuseOwned({ mode, extraArgs }: Inputs): void {
  for (const argument of extraArgs) {
    const name = /^-[^-]*f/.test(argument) ? '-f' : argument.replace(/=.*$/su, '');
    const owned = Object.hasOwn(OWNED, name) ? OWNED[name] : undefined;
    if (owned !== undefined) throw refused(name, owned);
    if (name === '--since' && mode === 'lint') throw refused(name, 'Use the input "changed-only".');
    if (argument === '--' || argument === '-') throw refused(argument, 'Use the input "paths".');
  }
}

function refused(name: string, hint: string): Error {
  return usageError(`extra-args: ${JSON.stringify(name)} is not for here`, hint);
}

import { clientIdObjection, CLOUDS, tenantIdObjection, type Cloud } from '../config/tenants.ts';
import { FAIL_ON } from '../cli/option-table.ts';
import { UsageError } from '../cli/errors.ts';
import { FORMATS } from '../cli/outputs.ts';
import { VERSION } from '../cli/version.ts';
import type { FailOn } from '../findings/report.ts';
import type { ReporterName } from '../reporters/index.ts';
import { suggest } from '../util/suggest.ts';
import { INPUT_NAMES, type Environment, type InputName } from './input-names.ts';
import { InputReader, quoted } from './input-reader.ts';

const MODES = ['lint', 'scan', 'drift', 'report'] as const;
const SUMMARIES = ['full', 'summary', 'table', 'none'] as const;
const COMMENTS = ['none', 'sticky'] as const;

/** The value of `baseline` that switches it off. */
export const NO_BASELINE = 'none';

export type Inputs = {
  readonly mode: (typeof MODES)[number];
  readonly paths: readonly string[];
  /** As written, relative to the working directory, as all paths are but the working directory and `outputDir`. */
  readonly config: string | null;
  /** Relative to the workspace. */
  readonly workingDirectory: string;
  /** Sources of own rules. */
  readonly rules: readonly string[];
  /** `null` leaves it to the config. */
  readonly failOn: FailOn | null;
  readonly failOnNew: boolean;
  /** As written, relative to the working directory; `NO_BASELINE` for none, `null` leaves it to the config. */
  readonly baseline: string | null;
  readonly changedOnly: boolean;
  readonly formats: readonly ReporterName[];
  /** Relative to the workspace; `null` for a folder of this run. */
  readonly outputDir: string | null;
  readonly uploadSarif: boolean;
  readonly category: string | null;
  readonly annotations: boolean;
  readonly summary: (typeof SUMMARIES)[number];
  readonly comment: (typeof COMMENTS)[number];
  readonly artifact: string | null;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly cloud: Cloud | null;
  /** Folder of a report that was saved; relative to the workspace. */
  readonly results: string | null;
  readonly extraArgs: readonly string[];
  /** Secret; empty when there is none. */
  readonly token: string;
};

/** What artifacts may not be called (https://github.com/actions/toolkit, `path-and-artifact-name-validation`), and no more than is sensible. */
const ARTIFACT = /^[^"\\/:<>|*?\p{Cc}]{1,200}$/u;
const CATEGORY = /^[\w][\w .:/-]{0,99}$/;

/** Inputs that only make sense in some modes. */
const MODES_OF: { readonly [name in InputName]?: readonly Inputs['mode'][] } = {
  paths: ['lint'],
  'changed-only': ['lint'],
  'fail-on-new': ['lint', 'scan'],
  baseline: ['lint', 'scan'],
  'tenant-id': ['scan'],
  'client-id': ['scan'],
  cloud: ['scan'],
  results: ['report'],
  comment: ['lint', 'report'],
  'upload-sarif': ['lint', 'scan'],
  config: ['lint', 'scan'],
  rules: ['lint', 'scan'],
  'fail-on': ['lint', 'scan'],
  'extra-args': ['lint', 'scan'],
};

/**
 * Reads and checks every input. What is left out has the meaning that `action.yml` tells; what the config says too is
 * left to the config.
 * @throws {UsageError} with everything that is wrong with any of them; never with the token
 */
export function readInputs(env: Environment): Inputs {
  const read = new InputReader(env);
  const mode = read.choice('mode', MODES) ?? 'lint';
  const inputs: Inputs = {
    mode,
    paths: read.lines('paths'),
    config: read.text('config'),
    workingDirectory: read.text('working-directory') ?? '.',
    rules: read.lines('rules'),
    failOn: read.choice('fail-on', FAIL_ON),
    failOnNew: read.flag('fail-on-new') ?? false,
    baseline: read.text('baseline'),
    changedOnly: read.flag('changed-only') ?? false,
    formats: read.choices('formats', FORMATS),
    outputDir: read.text('output-dir'),
    uploadSarif: read.flag('upload-sarif') ?? false,
    category: read.matching('sarif-category', CATEGORY, 'Use letters, digits and " . : / _ -", 100 at most.'),
    annotations: read.flag('annotations') ?? true,
    summary: read.choice('summary', SUMMARIES) ?? 'full',
    comment: read.choice('comment', COMMENTS) ?? 'none',
    artifact: read.matching('artifact', ARTIFACT, 'It may hold none of " \\ / : < > | * ?'),
    tenantId: read.checked('tenant-id', tenantIdObjection),
    clientId: read.checked('client-id', clientIdObjection),
    cloud: read.choice('cloud', CLOUDS),
    results: read.text('results'),
    extraArgs: read.list('extra-args'),
    token: read.secret('token'),
  };
  if (mode === 'drift') read.mistake('mode: "drift" is not in this version', 'Known: lint, scan, report.');
  refuseOtherModes(mode, read);
  refuseOtherVersions(read);
  refuseSlips(env, read);
  if (mode === 'report' && inputs.results === null)
    read.mistake('results: mode "report" needs the folder of a report that was saved');
  if (read.mistakes.length > 0) throw new UsageError(read.mistakes);
  return inputs;
}

function refuseOtherModes(mode: Inputs['mode'], read: InputReader): void {
  for (const name of INPUT_NAMES) {
    const modes = MODES_OF[name];
    // A mode that is not there was told of already.
    if (mode === 'drift' || modes === undefined || modes.includes(mode) || !read.isMeant(name)) continue;
    const listed = modes.map((known) => `"${known}"`).join(' and ');
    read.mistake(`${name}: this is for mode ${listed}, and the mode is "${mode}"`, 'Leave it out.');
  }
}

/** The version is chosen where the Action is named: nothing is fetched when it runs. */
function refuseOtherVersions(read: InputReader): void {
  const wanted = read.text('version');
  if (wanted === null || wanted === VERSION) return;
  read.mistake(
    `version: this Action is version ${VERSION}, and ${quoted(wanted)} is asked for`,
    'It installs nothing when it runs. Pin the commit of the version that you want after the "@" of "uses:".',
  );
}

/** An input that is not declared has no effect; the runner says so itself, but a slip would switch something off. */
function refuseSlips(env: Environment, read: InputReader): void {
  const prefix = 'INPUT_';
  const known = INPUT_NAMES.map((name) => name.toUpperCase());
  for (const variable of Object.keys(env).sort()) {
    const name = variable.slice(prefix.length);
    if (!variable.startsWith(prefix) || known.includes(name)) continue;
    const meant = suggest(name.replaceAll('_', '-'), INPUT_NAMES);
    if (meant !== null)
      read.mistake(`${quoted(name.toLowerCase())} is no input of this Action`, `Did you mean "${meant}"?`);
  }
}

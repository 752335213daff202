import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, runOpa } from '../../scripts/lib/opa.mjs';
import { wasmInBundle } from '../../scripts/lib/policy-bundle.mjs';

const CAPABILITIES = ['--capabilities', 'policies/capabilities.json'];

/** The policies' files, relative to the root folder. */
export const REGO = readdirSync(join(projectRoot, 'policies'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.rego'))
  .map((name) => `policies/${name.replaceAll('\\', '/')}`)
  .sort();

export const POLICIES = REGO.filter((name) => !name.endsWith('_test.rego'));

/** One more module beside the policies, and the data that OPA's own evaluator gets. */
export type Program = {
  readonly policies: readonly string[];
  readonly module: string;
  readonly tables: string;
};

/** The value of a rule, by OPA's own evaluator. */
export function evaluatedByOpa({ policies, module, tables }: Program, rule: string, input: unknown): unknown {
  return inFolder((folder) => {
    const paths = written(folder, { 'module.rego': module, 'tables.json': tables });
    const data = [...policies, paths['module.rego'] ?? '', `agentid.tables:${paths['tables.json'] ?? ''}`];
    const { stdout } = runOpa(
      [
        'eval',
        '--format',
        'raw',
        ...CAPABILITIES,
        ...data.flatMap((file) => ['--data', file]),
        '--stdin-input',
        rule,
      ],
      { input: JSON.stringify(input) },
    );
    return JSON.parse(stdout) as unknown;
  });
}

/** The policies and the module as WebAssembly. */
export function compiled(
  { policies, module }: Omit<Program, 'tables'>,
  entrypoints: readonly string[],
): Uint8Array<ArrayBuffer> {
  return inFolder((folder) => {
    const paths = written(folder, { 'module.rego': module });
    const bundle = join(folder, 'bundle.tar.gz');
    const target = ['--target', 'wasm', '--optimize', '0', '--output', bundle];
    const entries = entrypoints.flatMap((entrypoint) => ['--entrypoint', entrypoint]);
    runOpa(['build', ...target, ...entries, ...CAPABILITIES, ...policies, paths['module.rego'] ?? '']);
    return wasmInBundle(readFileSync(bundle));
  });
}

export type RegoTest = {
  readonly package: string;
  readonly name: string;
  readonly fail?: boolean;
  readonly error?: unknown;
};

/** What `opa test` says of every unit test of the policies. */
export function testedByOpa(tables: string): readonly RegoTest[] {
  return inFolder((folder) => {
    const paths = written(folder, { 'tables.json': tables });
    const { stdout } = runOpa([
      'test',
      '--format',
      'json',
      ...REGO,
      `agentid.tables:${paths['tables.json'] ?? ''}`,
    ]);
    return JSON.parse(stdout) as readonly RegoTest[];
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-oracle-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function written(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return [name, path];
    }),
  );
}

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@open-policy-agent/opa-wasm';
import { wasmInBundle } from '../../scripts/lib/policy-bundle.mjs';

/** A result with its type, `undefined`, what an engine threw, or that it was not asked because it would never end. */
export type Answer =
  readonly [type: string, value: unknown] | 'undefined' | 'endless' | { readonly threw: string };

type Policy = { evaluate(input: unknown, entrypoint: string): readonly { readonly result: unknown }[] };
const { loadPolicySync } = (
  sdk as unknown as { default: { loadPolicySync: (wasm: WebAssembly.Module) => Policy } }
).default;

export type Question = {
  /** The executable. */
  readonly opa: string;
  readonly capabilities: string;
  readonly module: string;
  /** One a case: whether our engine must not be asked. */
  readonly endless: readonly boolean[];
};

/** What OPA's own evaluator and our WASM engine say of every case of the module, in order. */
export function answersOf({ opa, capabilities, module, endless }: Question): {
  readonly opa: readonly Answer[];
  readonly wasm: readonly Answer[];
} {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-oracle-'));
  try {
    const file = join(folder, 'oracle.rego');
    writeFileSync(file, module);
    const answers = evaluatedByOpa(opa, file, capabilities);
    return {
      opa: endless.map((_, index) => answers[index] ?? 'undefined'),
      wasm: evaluatedByWasm(wasmOf(opa, file, capabilities, folder), endless),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function evaluatedByOpa(
  opa: string,
  file: string,
  capabilities: string,
): { readonly [index: string]: Answer } {
  const args = [
    'eval',
    '--format',
    'raw',
    '--capabilities',
    capabilities,
    '--data',
    file,
    'data.oracle.answers',
  ];
  return JSON.parse(execFileSync(opa, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })) as {
    readonly [index: string]: Answer;
  };
}

function evaluatedByWasm(module: WebAssembly.Module, endless: readonly boolean[]): readonly Answer[] {
  let policy = loadPolicySync(module);
  return endless.map((skip, index) => {
    if (skip) return 'endless';
    try {
      const [answer] = policy.evaluate({ case: index }, 'oracle/answer');
      return answer === undefined ? 'undefined' : (answer.result as Answer);
    } catch (cause) {
      policy = loadPolicySync(module);
      return { threw: cause instanceof Error ? cause.message : JSON.stringify(cause) };
    }
  });
}

function wasmOf(opa: string, file: string, capabilities: string, folder: string): WebAssembly.Module {
  const bundle = join(folder, 'bundle.tar.gz');
  const args = [
    'build',
    '--target',
    'wasm',
    '--optimize',
    '0',
    '--capabilities',
    capabilities,
    '--entrypoint',
    'oracle/answer',
    '--output',
    bundle,
    file,
  ];
  const { status, stdout, stderr } = spawnSync(opa, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`opa build failed:\n${stdout}${stderr}`);
  return new WebAssembly.Module(wasmInBundle(readFileSync(bundle)));
}

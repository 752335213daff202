// @ts-check
/** Finds out which built-in functions OPA compiles into a WASM module and which it expects of the host. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOpa } from '../lib/opa.mjs';
import { wasmInBundle } from '../lib/policy-bundle.mjs';

/**
 * @typedef {object} Builtin As `opa capabilities` lists it.
 * @property {string} name
 * @property {{args?: unknown[], result?: unknown}} decl
 * @property {boolean} [relation]
 */

/**
 * Compiles one module that calls every function and reads its `builtins` export, so that the answer is
 * OPA's own and not a list kept by hand.
 *
 * @param {readonly Builtin[]} builtins
 * @returns {{native: Builtin[], host: string[], refused: Map<string, string>}} `refused` gives the compiler's words for functions that no policy may call.
 */
export function probeBuiltins(builtins) {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-capabilities-'));
  try {
    /** @type {Map<string, string>} */
    const refused = new Map();
    for (;;) {
      const callable = builtins.filter(({ name }) => !refused.has(name));
      const answer = compile(callable, folder);
      if (answer.wasm === undefined) {
        for (const { row, words } of answer.errors)
          refused.set(callable[row - FIRST_RULE_ROW]?.name ?? '', words);
        continue;
      }
      const host = hostBuiltins(answer.wasm);
      return { native: callable.filter(({ name }) => !host.includes(name)), host, refused };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FIRST_RULE_ROW = 2;

/**
 * @param {readonly Builtin[]} builtins
 * @param {string} folder
 * @returns {{wasm: Uint8Array<ArrayBuffer>, errors?: undefined} | {wasm?: undefined, errors: Array<{row: number, words: string}>}}
 */
function compile(builtins, folder) {
  const module = join(folder, 'probe.rego');
  const bundle = join(folder, 'bundle.tar.gz');
  writeFileSync(module, ['package probe', ...builtins.map(call), ''].join('\n'));
  const { status, stdout, stderr } = runOpa(
    ['build', '--target', 'wasm', '--entrypoint', 'probe', '--output', bundle, module],
    { allowFailure: true },
  );
  if (status === 0) return { wasm: wasmInBundle(readFileSync(bundle)) };
  const errors = [...`${stdout}${stderr}`.matchAll(/probe\.rego:(\d+): (.+)/g)].map(([, row, words]) => ({
    row: Number(row),
    words: words ?? '',
  }));
  if (errors.length === 0) throw new Error(`opa build failed:\n${stdout}${stderr}`);
  return { errors };
}

/**
 * One rule that calls a function with values known at run time only.
 *
 * @param {Builtin} builtin
 * @param {number} index
 */
function call({ name, decl, relation }, index) {
  const rule = `rule_${index}`;
  if (name === 'eq') return `${rule} if input.a = input.b`;
  if (name === 'assign') return `${rule} := x if x := input.a`;
  const args = (decl.args ?? []).map((_, position) => `input.a${position}`);
  if (relation) return `${rule} := x if ${name}(${[...args, 'x'].join(', ')})`;
  return decl.result === undefined
    ? `${rule} if ${name}(${args.join(', ')})`
    : `${rule} := x if x := ${name}(${args.join(', ')})`;
}

/**
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @returns {string[]} Functions that the module calls back for, from its `builtins` export.
 */
function hostBuiltins(wasm) {
  const memory = new WebAssembly.Memory({ initial: 5 });
  const unused = () => 0;
  const names = [
    'opa_abort',
    'opa_println',
    'opa_builtin0',
    'opa_builtin1',
    'opa_builtin2',
    'opa_builtin3',
    'opa_builtin4',
  ];
  const env = { memory, ...Object.fromEntries(names.map((name) => [name, unused])) };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env });
  const { builtins, opa_json_dump: dump } = /** @type {Record<string, (address?: number) => number>} */ (
    /** @type {unknown} */ (exports)
  );
  if (builtins === undefined || dump === undefined)
    throw new Error('The module does not list its built-in functions.');
  const start = dump(builtins());
  const text = Buffer.from(memory.buffer);
  return Object.keys(JSON.parse(text.toString('utf8', start, text.indexOf(0, start)))).sort();
}

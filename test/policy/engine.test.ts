import { afterEach, describe, expect, test, vi } from 'vitest';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { evaluate } from '../support/evaluate.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { bundle, builtInEngine, resourceWith, subjectOf } from '../support/subjects.ts';
import {
  abort,
  AT,
  callBuiltin,
  constant,
  fillFrom,
  policyModule,
  print,
  PRINTED,
  STACK,
  withStack,
  type Plan,
} from './wasm-module.ts';

/** The fault of what must fail. */
function faultOf(action: () => unknown): PolicyError {
  try {
    action();
  } catch (fault) {
    if (fault instanceof PolicyError) return fault;
    throw fault;
  }
  throw new Error('it did not fail');
}

function load(plan: Plan): PolicyEngine {
  return new PolicyEngine(policyModule(plan), '{}');
}

const PAGE = 65_536;
/** The engine's memory at the start: 256 pages. */
const MEMORY_END = 256 * PAGE;

afterEach(() => {
  vi.restoreAllMocks();
});

test('a hand-made policy answers', () => {
  expect(load({}).evaluate('p', '{}')).toBe(7);
  expect(load({ answer: '[{"result":{"a":["é😀"]}}]' }).evaluate('p', '{}')).toEqual({ a: ['é😀'] });
});

describe('what is no input', () => {
  const engine = builtInEngine();
  const good = subjectOf(resourceWith('blueprint', { displayName: 'invoice-bot' }));

  test('a good resource is judged', async () => {
    const { findings, broken } = await evaluate(engine, bundle.catalogue, [good]);
    expect(broken.size).toBe(0);
    expect(findings.map(({ rule }) => rule)).toContain('accountability/blueprint-no-sponsor');
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['null', 'null'],
    ['zero', '0'],
    ['false', 'false'],
    ['empty text', '""'],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['a byte order mark before the facts', `\ufeff${good.facts}`],
    ['facts without their end', good.facts.slice(0, -1)],
    ['the first half of the facts', good.facts.slice(0, good.facts.length / 2)],
    ['facts of something else', good.facts.replace(good.ref, 'blueprint/another')],
    ['facts twice', `${good.facts},${good.facts}`],
    ['words', 'no facts at all'],
  ])('P01 bad input never reads as "no violation": %s', async (_, facts) => {
    const result = await evaluate(engine, bundle.catalogue, [good, { ...good, facts }, good]);
    expect([...result.broken.keys()]).toEqual([1]);
    expect(result.broken.get(1)).toMatchObject({ code: 'receipt' });
    expect(new Set(result.findings.map(({ resource }) => resource))).toEqual(new Set([0, 2]));
    expect(result.outcomes.find(({ rule }) => rule === 'accountability/blueprint-no-sponsor')?.status).toBe(
      'failed',
    );
  });
});

describe('an answer that is none', () => {
  test.each(['[]', '[{}]', '[null]', '{}', 'null', '[7]', '{"result":7}'])(
    'P02 an undefined entrypoint is no pass: %s',
    (answer) => {
      const fault = faultOf(() => load({ answer }).evaluate('p', '{}'));
      expect(fault).toMatchObject({ code: 'receipt', message: 'the policy gave no answer for p' });
    },
  );

  test.each(['', '[{"result":', 'words'])('P02 an answer that is not JSON is no pass: "%s"', (answer) => {
    expect(faultOf(() => load({ answer }).evaluate('p', '{}')).code).toBe('evaluation');
  });
});

describe('an address beyond memory', () => {
  const outside = 'it gave an address beyond its memory';

  test.each([
    ['aborts with one after the end', abort(MEMORY_END)],
    ['aborts with one far after the end', abort(2_000_000_000)],
    ['aborts with a negative one', abort(-1)],
    ['answers with one after the end', constant(MEMORY_END)],
    ['answers with one far after the end', constant(2_000_000_000)],
    ['answers with a negative one', constant(-1)],
    ['answers with a text that never ends', fillFrom(MEMORY_END - PAGE, MEMORY_END)],
  ])('P05 a policy that %s is stopped', (_, instructions) => {
    const fault = faultOf(() => load({ evaluate: instructions }).evaluate('p', '{}'));
    expect(fault).toMatchObject({ code: 'evaluation', message: `the policy broke: ${outside}` });
  });

  test.each([['builtinsAt'], ['entrypointsAt']] as const)(
    'P05 a policy with %s beyond memory is not loaded',
    (place) => {
      const fault = faultOf(() => load({ [place]: 2_000_000_000 }));
      expect(fault).toMatchObject({ code: 'bundle', message: `the policy cannot be loaded: ${outside}` });
    },
  );
});

describe('a stack that a throw does not give back', () => {
  test('P06 an instance that threw is not used again', () => {
    const engine = load({ evaluate: withStack });
    for (let time = 0; time < 2 * STACK; time += 1) {
      expect(faultOf(() => engine.evaluate('p', '{"broken":true}')).message).toBe(
        `the policy broke: ${PRINTED}`,
      );
      expect(engine.evaluate('p', '{}')).toBe(7);
    }
  });
});

describe('faults that are not errors', () => {
  test('P07 a text thrown for an unknown entrypoint becomes a PolicyError', () => {
    const fault = faultOf(() => load({}).evaluate('q', '{}'));
    expect(fault).toBeInstanceOf(Error);
    expect(fault.stack).toContain('PolicyError');
    expect(fault).toMatchObject({
      code: 'evaluation',
      message: 'the policy broke: entrypoint q is not valid in this instance',
    });
  });

  test('P07 the text that a policy aborts with becomes a PolicyError', () => {
    const fault = faultOf(() => load({ evaluate: abort(AT.print) }).evaluate('p', '{}'));
    expect(fault).toMatchObject({ code: 'evaluation', message: `the policy broke: ${PRINTED}` });
  });

  test('P07 a trap becomes a PolicyError', () => {
    expect(faultOf(() => load({ evaluate: [0x00] }).evaluate('p', '{}'))).toMatchObject({
      code: 'evaluation',
      message: 'the policy broke: unreachable',
    });
  });

  test('P07 data that is not JSON becomes a PolicyError', () => {
    const fault = faultOf(() => new PolicyEngine(bundle.wasm, '{"agentid":'));
    expect(fault).toMatchObject({
      code: 'bundle',
      message: 'the policy cannot be loaded: failed to parse json value',
    });
  });

  test('after a fault the same policy answers again', () => {
    const engine = load({});
    expect(faultOf(() => engine.evaluate('q', '{}')).code).toBe('evaluation');
    expect(engine.evaluate('p', '{}')).toBe(7);
  });
});

describe('built-in functions', () => {
  test('P08 a policy that names one as needed is refused when it is loaded', () => {
    const fault = faultOf(() => load({ builtins: '{"time.now_ns":0,"http.send":1}' }));
    expect(fault).toMatchObject({
      code: 'bundle',
      message: 'the policy needs built-in functions that are not provided: http.send, time.now_ns',
    });
  });

  test('P08 a policy that calls one without naming it breaks', () => {
    expect(faultOf(() => load({ evaluate: callBuiltin }).evaluate('p', '{}'))).toMatchObject({
      code: 'evaluation',
      message: 'the policy broke: it called a built-in function that is not provided',
    });
  });
});

test('P12 what a policy prints reaches nobody', () => {
  const written = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  );
  const logged = (['log', 'error', 'warn'] as const).map((method) =>
    vi.spyOn(console, method).mockReturnValue(),
  );
  expect(load({ evaluate: print(AT.answer) }).evaluate('p', '{}')).toBe(7);
  faultOf(() => load({ without: ['opa_wasm_abi_version'] }));
  for (const spy of [...written, ...logged]) expect(spy).not.toHaveBeenCalled();
});

describe('a module that is no policy for us', () => {
  test.each([
    ['wasi_snapshot_preview1', 'fd_write'],
    ['env', 'opa_evil'],
    ['env', '__proto__'],
    ['', ''],
  ])('P14 an import of %s.%s is refused by name', (module, name) => {
    expect(faultOf(() => load({ imports: [module, name] }))).toMatchObject({
      code: 'bundle',
      message: `the policy imports ${module}.${name}, which is not provided`,
    });
  });

  test('P14 a host function asked for with other arguments is refused by name', () => {
    const fault = faultOf(() => load({ imports: ['env', 'memory'] }));
    expect(fault.code).toBe('bundle');
    expect(fault.message).toMatch(/^the policy cannot be loaded: .*memory/);
  });

  test('P14 a module that asks for more memory than there is is refused', () => {
    const fault = faultOf(() => load({ pages: 60_000 }));
    expect(fault.code).toBe('bundle');
    expect(fault.message).toMatch(/^the policy cannot be loaded: .*memory/);
  });

  test.each([
    [2, 0],
    [1, 1],
    [0, 3],
  ])('version %i.%i of the interface is refused', (major, minor) => {
    expect(faultOf(() => load({ version: [major, minor] }))).toMatchObject({
      code: 'bundle',
      message: `the policy needs version ${major}.${minor} of OPA's interface, 1.2 or later is provided`,
    });
  });

  test.each([
    'opa_wasm_abi_version',
    'opa_wasm_abi_minor_version',
    'builtins',
    'opa_json_dump',
    'entrypoints',
    'opa_eval',
    'opa_malloc',
    'opa_json_parse',
  ])('a module without %s is refused', (missing) => {
    expect(faultOf(() => load({ without: [missing] })).code).toBe('bundle');
  });

  test('bytes that are no module are refused', () => {
    expect(faultOf(() => new PolicyEngine(new Uint8Array(), '{}')).code).toBe('bundle');
    expect(faultOf(() => new PolicyEngine(new Uint8Array(100), '{}')).code).toBe('bundle');
    expect(faultOf(() => new PolicyEngine(new Uint8Array(Buffer.from('MZ, not a module')), '{}')).code).toBe(
      'bundle',
    );
  });

  test('the built-in policy cut off anywhere is refused', () => {
    for (let part = 0; part < 16; part += 1) {
      const cut = bundle.wasm.slice(0, Math.floor((bundle.wasm.length * part) / 16));
      expect(faultOf(() => new PolicyEngine(cut, '{}')).code).toBe('bundle');
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkModule } from '../../src/policy/module-check.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { bundle } from '../support/subjects.ts';
import { MEBIBYTE, ownRules } from './foreign.ts';
import { forEver, policyModule, type Plan } from './wasm-module.ts';

const CEILING = 256 * MEBIBYTE;

/** LEB128 of 200,001. */
const MANY = [0xc1, 0x9a, 0x0c];

function refusal(wasm: Uint8Array, ceiling = CEILING): string | null {
  try {
    checkModule(wasm, ceiling);
    return null;
  } catch (fault) {
    if (fault instanceof PolicyError && fault.code === 'bundle') return fault.message;
    throw fault;
  }
}

const NOT_WHOLE = 'the policy is no whole WebAssembly module';

describe('a module is let through', () => {
  test.each([
    ['the built-in policy', bundle.wasm],
    ['a policy compiled by OPA', ownRules().wasm],
    ['a hand-made policy', policyModule()],
    ['one with a start function', policyModule({ start: forEver })],
    [
      'one with a table of as many entries as may be',
      policyModule({ sections: { 4: [1, 0x70, 1, 0, 0xa0, 0x8d, 6] } }),
    ],
    ['one with a section of notes', policyModule({ sections: { 12: [4] } })],
  ])('%s', (_, wasm) => {
    expect(refusal(wasm)).toBeNull();
  });

  test('with the pages that it needs', () => {
    expect(checkModule(bundle.wasm, CEILING)).toBe(3);
    expect(checkModule(policyModule({ pages: 4_096 }), CEILING)).toBe(4_096);
  });
});

describe('P14 a crafted module is refused before it is compiled', () => {
  test.each<readonly [string, Plan, string]>([
    [
      'another module of imports',
      { imports: ['wasi_snapshot_preview1', 'fd_write'] },
      'the policy imports wasi_snapshot_preview1.fd_write, which is not provided',
    ],
    [
      'an unknown import',
      { imports: ['env', 'opa_evil'] },
      'the policy imports env.opa_evil, which is not provided',
    ],
    [
      'a property of objects',
      { imports: ['env', '__proto__'] },
      'the policy imports env.__proto__, which is not provided',
    ],
    [
      'an import of another kind',
      { imports: ['env', 'memory'] },
      'the policy imports env.memory, which is not provided',
    ],
    [
      'an import with an endless name',
      { imports: ['env', 'x'.repeat(100_000)] },
      `the policy imports env.${'x'.repeat(80)}…, which is not provided`,
    ],
    [
      'more memory than may be',
      { pages: 60_000 },
      'the policy asks for 3750 MiB of memory, at most 256 MiB are allowed',
    ],
    [
      'one page more than may be',
      { pages: 4_097 },
      'the policy asks for 256.1 MiB of memory, at most 256 MiB are allowed',
    ],
    ['a memory of its own', { sections: { 5: [1, 0, 1] } }, 'the policy has a memory of its own'],
    ['two tables', { sections: { 4: [2, 0x70, 1, 1, 1, 0x70, 1, 1, 1] } }, 'the policy has too many tables'],
    ['a table of objects', { sections: { 4: [1, 0x6f, 1, 1, 1] } }, 'the policy has a table of another kind'],
    [
      'a table with 64-bit addresses',
      { sections: { 4: [1, 0x70, 5, 1, 1] } },
      'the policy has a table of another kind',
    ],
    [
      'a table that may grow without end',
      { sections: { 4: [1, 0x70, 0, 1] } },
      'the policy has a table that may become too large',
    ],
    [
      'a table of 200,001 entries',
      { sections: { 4: [1, 0x70, 1, ...MANY, ...MANY] } },
      'the policy has a table that may become too large',
    ],
    ['exceptions', { sections: { 13: [0] } }, 'the policy has a section 13, which OPA does not write'],
  ])('%s', (_, plan, message) => {
    expect(refusal(policyModule(plan))).toBe(message);
  });

  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  test.each<readonly [string, readonly number[], string]>([
    ['types of structures', [1, 2, 1, 0x5f], 'the policy has types that are no functions'],
    ['types of objects', [1, 5, 1, 0x60, 1, 0x6f, 0], 'the policy has types that are no numbers'],
    ['too many types', [1, 3, ...MANY], 'the policy has too many types'],
    ['too many functions', [3, 3, ...MANY], 'the policy has too many functions'],
    ['too many exports', [7, 3, ...MANY], 'the policy has too many exports'],
    ['too many globals', [6, 3, ...MANY], 'the policy has too many globals'],
    ['too many imports', [2, 3, ...MANY], 'the policy has too many imports'],
    [
      'a shared memory',
      [2, 14, 1, 3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 3],
      'the policy asks for a memory of another kind',
    ],
    ['no memory', [], 'the policy imports no memory'],
    ['a section beyond its end', [1, 100, 1], NOT_WHOLE],
    ['a section without a size', [1], NOT_WHOLE],
    ['a section with an endless size', [1, ...Array<number>(20).fill(0x80)], NOT_WHOLE],
    ['a size of more than 32 bits', [1, 0xff, 0xff, 0xff, 0xff, 0x7f], NOT_WHOLE],
    ['more entries than bytes', [1, 1, 5], NOT_WHOLE],
  ])('%s', (_, bytes, message) => {
    expect(refusal(Uint8Array.from([...header, ...bytes]))).toBe(message);
  });

  test.each([
    ['nothing', []],
    ['half a header', header.slice(0, 6)],
    ['a component', [...header.slice(0, 4), 0x0d, 0, 1, 0]],
    ['words', [...Buffer.from('no module at all')]],
  ])('%s', (_, bytes) => {
    expect(refusal(Uint8Array.from(bytes))).toBe(NOT_WHOLE);
  });

  test('one of more than 32 MiB', () => {
    const wasm = new Uint8Array(33 * MEBIBYTE);
    wasm.set(policyModule());
    expect(refusal(wasm)).toBe('the policy has 33 MiB, at most 32 MiB are allowed');
  });

  test('too many elements', () => {
    // LEB128 of 1,048,577.
    const bytes = [...header, 9, 0x81, 0x80, 0x40, ...new Uint8Array(MEBIBYTE + 1)];
    expect(refusal(Uint8Array.from(bytes))).toBe('the policy has too many elements');
  });

  test('one that is cut off anywhere is refused, or what is missing is for the compiler to find', () => {
    const whole = policyModule();
    for (let length = 0; length < whole.length; length += 1) {
      const message = refusal(whole.subarray(0, length));
      if (message !== null) expect([NOT_WHOLE, 'the policy imports no memory']).toContain(message);
    }
  });

  test('any bytes are refused or let through, and never break the check', () => {
    const whole = policyModule({ start: forEver, sections: { 4: [1, 0x70, 1, 1, 1] } });
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = whole.slice();
        for (const [at, byte] of changes) changed[at] = byte;
        refusal(changed);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

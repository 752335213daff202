/** What a hand-made policy says and does; what is left out is what a good policy does. */
export type Plan = {
  /** Instructions of `opa_eval`; by default it returns the address of `answer`. */
  readonly evaluate?: readonly number[];
  readonly answer?: string;
  /** JSON text of the built-in functions that it names as needed. */
  readonly builtins?: string;
  /** The address that `builtins` or `entrypoints` gives. */
  readonly builtinsAt?: number;
  readonly entrypointsAt?: number;
  readonly version?: readonly [major: number, minor: number];
  /** Exports to leave out. */
  readonly without?: readonly string[];
  /** One more import, a function without arguments. */
  readonly imports?: readonly [module: string, name: string];
  /** Pages of memory that it asks for. */
  readonly pages?: number;
};

/** Where the texts of a hand-made policy stand in its memory. */
export const AT = { builtins: 16, entrypoints: 512, answer: 1024, print: 8192 };
/** What it prints when it calls `opa_println` or aborts with when it calls `opa_abort`. */
export const PRINTED = '::error file=policy.rego::printed by a policy';

/** Instructions of the binary format (https://webassembly.github.io/spec/core/binary/instructions.html). */
export const constant = (value: number): readonly number[] => [0x41, ...signed(value)];
const call = (index: number): readonly number[] => [0x10, ...unsigned(index)];

/** The host functions, in the order of their imports. */
const HOST = ['opa_abort', 'opa_println', 'opa_builtin0'] as const;
const I32 = 0x7f;
const TYPES = {
  none: [[], []],
  out: [[], [I32]],
  take: [[I32], []],
  one: [[I32], [I32]],
  two: [[I32, I32], [I32]],
  seven: [Array<number>(7).fill(I32), [I32]],
} as const;

export const abort = (address: number): readonly number[] => [
  ...constant(address),
  ...call(HOST.indexOf('opa_abort')),
  ...constant(0),
];
export const print = (then: number): readonly number[] => [
  ...[...constant(AT.print), ...call(HOST.indexOf('opa_println'))],
  ...constant(then),
];
export const callBuiltin = [...constant(0), ...constant(0), ...call(HOST.indexOf('opa_builtin0'))];
/** Fills the memory from `start` on with a letter, so that no text from there ever ends, and returns `start`. */
export const fillFrom = (start: number, end: number): readonly number[] => [
  ...[...constant(start), ...constant(0x78), ...constant(end - start), 0xfc, 0x0b, 0x00],
  ...constant(start),
];

/** As C code does: takes a part of a small stack, aborts when the input is longer than `{}`, and only then gives it back. */
export const withStack: readonly number[] = [
  ...[0x23, 2, 0x45, 0x04, 0x40, 0x00, 0x0b], // a trap when nothing is left
  ...[0x23, 2, ...constant(1), 0x6b, 0x24, 2],
  ...[
    0x20,
    4,
    ...constant(2),
    0x4b,
    0x04,
    0x40,
    ...constant(AT.print),
    ...call(HOST.indexOf('opa_abort')),
    0x0b,
  ],
  ...[0x23, 2, ...constant(1), 0x6a, 0x24, 2],
  ...constant(AT.answer),
];
/** How many throws it takes until nothing is left. */
export const STACK = 20;

/** A module with the parts of OPA's interface that a host uses, and nothing of its run-time. */
export function policyModule(plan: Plan = {}): Uint8Array<ArrayBuffer> {
  const { builtins = '{}', answer = '[{"result":7}]', version = [1, 3], without = [] } = plan;
  const body: Readonly<Record<string, readonly [type: keyof typeof TYPES, code: readonly number[]]>> = {
    opa_eval: ['seven', plan.evaluate ?? constant(AT.answer)],
    opa_json_dump: ['one', [0x20, 0]],
    opa_json_parse: ['two', constant(1)],
    opa_malloc: ['one', constant(AT.print * 2)],
    opa_heap_ptr_get: ['out', constant(AT.print * 2)],
    opa_heap_ptr_set: ['take', []],
    builtins: ['out', constant(plan.builtinsAt ?? AT.builtins)],
    entrypoints: ['out', constant(plan.entrypointsAt ?? AT.entrypoints)],
  };
  const functions = Object.entries(body);
  const extra =
    plan.imports === undefined
      ? []
      : [[...name(plan.imports[0]), ...name(plan.imports[1]), 0x00, typeOf('none')]];
  const imports = [
    ...HOST.map((host) => [
      ...name('env'),
      ...name(host),
      0x00,
      typeOf(host === 'opa_builtin0' ? 'two' : 'take'),
    ]),
    ...extra,
    [...name('env'), ...name('memory'), 0x02, 0x00, ...unsigned(plan.pages ?? 2)],
  ];
  const first = HOST.length + extra.length;
  const exported = [
    ...functions.map(([key], index) => [key, 0x00, first + index] as const),
    ['opa_wasm_abi_version', 0x03, 0] as const,
    ['opa_wasm_abi_minor_version', 0x03, 1] as const,
  ].filter(([key]) => !without.includes(key));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      Object.values(TYPES).map(([from, to]) => [
        0x60,
        ...vector(from.map((one) => [one])),
        ...vector(to.map((one) => [one])),
      ]),
    ),
    ...section(2, imports),
    ...section(
      3,
      functions.map(([, [type]]) => [typeOf(type)]),
    ),
    ...section(6, [
      ...version.map((value) => [I32, 0x00, ...constant(value), 0x0b]),
      [I32, 0x01, ...constant(STACK), 0x0b],
    ]),
    ...section(
      7,
      exported.map(([key, kind, index]) => [...name(key), kind, ...unsigned(index)]),
    ),
    ...section(
      10,
      functions.map(([, [, code]]) => sized([0x00, ...code, 0x0b])),
    ),
    ...section(11, [
      text(AT.builtins, builtins),
      text(AT.entrypoints, '{"p":0}'),
      text(AT.answer, answer),
      text(AT.print, PRINTED),
    ]),
  ]);
}

function typeOf(type: keyof typeof TYPES): number {
  return Object.keys(TYPES).indexOf(type);
}

function section(id: number, entries: readonly (readonly number[])[]): readonly number[] {
  return [id, ...sized(vector(entries))];
}

function vector(entries: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function sized(bytes: readonly number[]): readonly number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function name(value: string): readonly number[] {
  return sized([...Buffer.from(value)]);
}

function text(address: number, value: string): readonly number[] {
  return [0x00, ...constant(address), 0x0b, ...sized([...Buffer.from(`${value}\0`)])];
}

/** LEB128 of a number that is not negative. */
function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

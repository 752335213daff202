/** What a hand-made policy says and does; what is left out is what a good policy does. */
export type Plan = {
  /** Instructions of `opa_eval`; by default it returns the address of `answer`. */
  readonly evaluate?: readonly number[];
  readonly answer?: string;
  /** Instructions of a function that runs when it is instantiated. */
  readonly start?: readonly number[];
  /** JSON text of its entrypoints, with their numbers. */
  readonly entrypoints?: string;
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
  /** Bytes of further sections by their ids, written in the order of the ids. */
  readonly sections?: { readonly [id: number]: readonly number[] };
  /** Further texts, by the address that they stand at. */
  readonly texts?: { readonly [address: number]: string };
};

/** Where the texts of a hand-made policy stand in its memory. */
export const AT = { builtins: 16, entrypoints: 512, answer: 1024, print: 8192, more: 1_048_576 };
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
/** Fills the memory from `start` on with a character, so that no text from there ends before, and returns `start`. */
export const fillFrom = (start: number, end: number, character = 'x'): readonly number[] => [
  ...[...constant(start), ...constant(character.charCodeAt(0)), ...constant(end - start), 0xfc, 0x0b, 0x00],
  ...constant(start),
];
/** Takes so many pages of memory more. */
export const grow = (pages: number): readonly number[] => [...constant(pages), 0x40, 0, 0x1a];

/** `(loop (br 0))`: never ends. */
export const forEver: readonly number[] = [0x03, 0x40, 0x0c, 0, 0x0b, ...constant(0)];
/** Takes page after page, and a trap when there is none left, as C code does. */
export const growToTheEnd: readonly number[] = [
  ...[0x03, 0x40, ...constant(1), 0x40, 0, ...constant(-1), 0x46, 0x04, 0x40, 0x00, 0x0b, 0x0c, 0, 0x0b],
  ...constant(0),
];
/** Takes page after page, and never looks whether it got any. */
export const growForEver: readonly number[] = [
  ...[0x03, 0x40, ...constant(1), 0x40, 0, 0x1a, 0x0c, 0, 0x0b],
  ...constant(0),
];
/** What `opa_eval` does for each entrypoint, by its number. */
export const byEntrypoint = (cases: readonly (readonly number[])[]): readonly number[] => [
  ...cases.flatMap((code, number) => [
    ...[0x20, 1, ...constant(number), 0x46, 0x04, 0x40],
    ...[...code, 0x0f, 0x0b],
  ]),
  0x00,
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
  const functions: readonly (readonly [string, readonly [keyof typeof TYPES, readonly number[]]])[] = [
    ...Object.entries(body),
    ...(plan.start === undefined ? [] : ([['start', ['none', [...plan.start, 0x1a]]]] as const)),
  ];
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
  ].filter(([key]) => key !== 'start' && !without.includes(key));
  const more = (from: number, to: number): readonly number[] =>
    Object.entries(plan.sections ?? {}).flatMap(([id, bytes]) =>
      Number(id) > from && Number(id) < to ? [Number(id), ...sized(bytes)] : [],
    );
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
    ...more(3, 6),
    ...section(6, [
      ...version.map((value) => [I32, 0x00, ...constant(value), 0x0b]),
      [I32, 0x01, ...constant(STACK), 0x0b],
    ]),
    ...section(
      7,
      exported.map(([key, kind, index]) => [...name(key), kind, ...unsigned(index)]),
    ),
    ...(plan.start === undefined ? [] : [8, ...sized(unsigned(first + functions.length - 1))]),
    ...section(
      10,
      functions.map(([, [, code]]) => sized([0x00, ...code, 0x0b])),
    ),
    ...section(11, [
      text(AT.builtins, builtins),
      text(AT.entrypoints, plan.entrypoints ?? '{"p":0}'),
      text(AT.answer, answer),
      text(AT.print, PRINTED),
      ...Object.entries(plan.texts ?? {}).map(([address, value]) => text(Number(address), value)),
    ]),
    ...more(11, 256),
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

import { ByteReader } from './byte-reader.ts';
import { notProvided, provided } from './imports.ts';
import { inMebibytes, PAGE } from './limits.ts';
import { PolicyError } from './policy-error.ts';

const MODULE_BYTES = 32 * 1024 ** 2;
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * The sections that OPA's compiler writes (https://webassembly.github.io/spec/core/binary/modules.html) and the most
 * entries of each, far above what it needs: all of them become objects when the module is instantiated. A memory of
 * its own (5) has no ceiling, and what a tag (13) or a later proposal takes is not known.
 */
const SECTIONS: ReadonlyMap<number, { readonly name: string; readonly most: number }> = new Map([
  [1, { name: 'types', most: 10_000 }],
  [2, { name: 'imports', most: 20 }],
  [3, { name: 'functions', most: 200_000 }],
  [4, { name: 'tables', most: 1 }],
  [6, { name: 'globals', most: 10_000 }],
  [7, { name: 'exports', most: 1_000 }],
  [9, { name: 'elements', most: 10_000 }],
  [10, { name: 'functions', most: 200_000 }],
  [11, { name: 'data', most: 100_000 }],
]);
const [CUSTOM, TYPES, IMPORTS, TABLES, MEMORIES, START, ELEMENTS, DATA_COUNT] = [0, 1, 2, 4, 5, 8, 9, 12];
const TABLE_ENTRIES = 100_000;
const ELEMENT_BYTES = 1024 ** 2;
const FUNCTION = 0x60;
const FUNCTION_REFERENCE = 0x70;
const IMPORT_KINDS = ['function', 'table', 'memory', 'global'] as const;

/**
 * Looks at a WebAssembly module that is not ours before anything of it is compiled. It must have the form that OPA's
 * compiler gives a policy: types of numbers only, one memory that is imported, one small table.
 * @param ceiling bytes of memory that it may have
 * @returns pages of memory that it needs to begin with
 * @throws {PolicyError} with code `bundle` when it has another form
 */
export function checkModule(wasm: Uint8Array, ceiling: number): number {
  if (wasm.length > MODULE_BYTES)
    throw refused(
      `the policy has ${inMebibytes(wasm.length)}, at most ${inMebibytes(MODULE_BYTES)} are allowed`,
    );
  if (!HEADER.every((byte, index) => wasm[index] === byte)) throw notAModule();
  let pages: number | null = null;
  const reader = new ByteReader(wasm, HEADER.length, notAModule);
  while (!reader.isAtEnd()) {
    const id = reader.byte();
    const content = reader.part(reader.number());
    if (id === IMPORTS) pages = memoryOf(content, ceiling);
    else checkSection(id, content);
  }
  if (pages === null) throw refused('the policy imports no memory');
  return pages;
}

function checkSection(id: number, content: ByteReader): void {
  if (id === CUSTOM || id === START || id === DATA_COUNT) return;
  if (id === MEMORIES) throw refused('the policy has a memory of its own');
  if (id === ELEMENTS && content.left() > ELEMENT_BYTES) throw refused('the policy has too many elements');
  const count = countOf(id, content);
  if (id === TYPES) for (let index = 0; index < count; index += 1) checkType(content);
  if (id === TABLES && count > 0) checkTable(content);
}

function countOf(id: number, content: ByteReader): number {
  const section = SECTIONS.get(id);
  if (section === undefined) throw refused(`the policy has a section ${id}, which OPA does not write`);
  const count = content.number();
  if (count > section.most) throw refused(`the policy has too many ${section.name}`);
  return count;
}

function checkType(content: ByteReader): void {
  const isFunction = content.byte() === FUNCTION;
  // Parameters, then results; 0x7c to 0x7f are the four types of numbers. Anything else may be an object of the host's heap.
  for (let list = 0; isFunction && list < 2; list += 1) {
    for (let count = content.number(); count > 0; count -= 1)
      if (content.byte() < 0x7c) throw refused('the policy has types that are no numbers');
  }
  if (!isFunction) throw refused('the policy has types that are no functions');
}

function checkTable(content: ByteReader): void {
  const type = content.byte();
  const limits = content.limits();
  if (type !== FUNCTION_REFERENCE || limits === null) throw refused('the policy has a table of another kind');
  if (limits.maximum === null || limits.maximum > TABLE_ENTRIES)
    throw refused('the policy has a table that may become too large');
}

/** Pages of the imported memory; `null` without one. */
function memoryOf(content: ByteReader, ceiling: number): number | null {
  let pages: number | null = null;
  for (let count = countOf(IMPORTS, content); count > 0; count -= 1) {
    const [from, name] = [content.text(), content.text()];
    const kind = IMPORT_KINDS[content.byte()];
    if (kind === undefined || provided(from, name) !== kind) throw notProvided(from, name);
    if (kind === 'memory') pages = pagesOf(content, ceiling);
    else content.number();
  }
  return pages;
}

function pagesOf(content: ByteReader, ceiling: number): number {
  const limits = content.limits();
  if (limits === null) throw refused('the policy asks for a memory of another kind');
  if (limits.minimum * PAGE > ceiling) {
    const [asked, allowed] = [limits.minimum * PAGE, ceiling].map(inMebibytes);
    throw refused(`the policy asks for ${asked} of memory, at most ${allowed} are allowed`);
  }
  return limits.minimum;
}

function notAModule(): PolicyError {
  return refused('the policy is no whole WebAssembly module');
}

function refused(message: string): PolicyError {
  return new PolicyError('bundle', message);
}

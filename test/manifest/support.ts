import { readFileSync } from 'node:fs';
import { readManifest, type ManifestHints, type ManifestResult } from '../../src/manifest/read.ts';
import { documentOf } from './parse.ts';

export const DECLARED: ManifestHints = { relationships: 'declared' };

const FIXTURES = new URL('fixtures/', import.meta.url);

export function fixture(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8');
}

export async function readText(text: string, uri: string, hints = DECLARED): Promise<ManifestResult> {
  return readManifest(documentOf(text, uri), hints);
}

export async function readFixture(name: string, hints = DECLARED): Promise<ManifestResult> {
  return readText(fixture(name), name, hints);
}

/** A value as the JSON file that holds it. */
export async function readJson(
  value: unknown,
  hints = DECLARED,
  uri = 'agents/a.json',
): Promise<ManifestResult> {
  return readText(JSON.stringify(value, null, 2), uri, hints);
}

/** The problems in one line each: `line:column-line:column code message hint`. */
export function problemsOf(result: ManifestResult): readonly string[] {
  if (result.status !== 'resources') return [result.status];
  return result.problems.map(({ code, message, hint, range }) => {
    const place =
      range === null
        ? '-'
        : `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`;
    return [place, code, message, ...(hint === undefined ? [] : [hint])].join(' | ');
  });
}

export function refsOf(result: ManifestResult): readonly string[] {
  return result.status === 'resources' ? result.resources.map(({ ref }) => ref) : [];
}

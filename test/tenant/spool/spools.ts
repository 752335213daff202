import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpool } from '../../../src/tenant/spool/spool.ts';
import type { Spool, SpoolOptions, SpoolRow } from '../../../src/tenant/spool/types.ts';

let folder: string | null = null;

/** Removes every folder that was given; for the end of each test file. */
export function removeFolders(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
}

/** A work folder that does not exist yet, in a folder of its own. */
export function freshFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'agentid-spool-'));
  return join(mkdtempSync(join(folder, 'x')), 'tenant.snapshot.partial');
}

export const OPTIONS: SpoolOptions = {
  identity: { tenant: 'f470', version: '1.2.3' },
  resume: false,
  owner: { pid: 100, startedAt: '2026-11-23T00:00:00Z', isRunning: () => true },
};

export function opened(path: string, options: Partial<SpoolOptions> = {}): Promise<Spool> {
  return openSpool(path, { ...OPTIONS, ...options });
}

export function row(id: string, value: SpoolRow['value'] = {}, key = ''): SpoolRow {
  return { id, key, value };
}

/** Everything that a join gives, without its portions. */
export async function joinOf(
  spool: Spool,
  steps: readonly string[],
): Promise<{ readonly ids: readonly (readonly [string, object])[]; readonly duplicates: object }> {
  const ids: (readonly [string, object])[] = [];
  const duplicates = new Map(steps.map((name) => [name, 0]));
  for await (const batch of spool.join(steps)) {
    ids.push(...batch.joined.map(({ id, rows }) => [id, rows] as const));
    for (const [name, count] of Object.entries(batch.duplicates))
      duplicates.set(name, (duplicates.get(name) ?? 0) + count);
  }
  return { ids, duplicates: Object.fromEntries(duplicates) };
}

export async function rowsOf(spool: Spool, step: string): Promise<readonly SpoolRow[]> {
  const all: SpoolRow[] = [];
  for await (const rows of spool.step(step).rows()) all.push(...rows);
  return all;
}

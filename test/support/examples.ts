import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isTenantExample } from '../../src/policy/example.ts';
import type { ExampleCase, FileExampleCase, TenantExampleCase } from '../../src/sources/examples.ts';

type Written<E> = Omit<E, 'range' | 'findings'> & {
  readonly rule: string;
  readonly findings?: FileExampleCase['findings'];
};

export type FileCase = Written<FileExampleCase>;
export type TenantCase = Written<TenantExampleCase>;

const POLICIES = new URL('../../policies/', import.meta.url).pathname;

/** Every example of every rule that is a manifest, in rule order. */
export function fileExamples(): readonly FileCase[] {
  return written().filter((example): example is FileCase => !isTenantExample(example));
}

/** Every example of every rule that is a tenant, in rule order. */
export function tenantExamples(): readonly TenantCase[] {
  return written().filter((example): example is TenantCase => isTenantExample(example));
}

function written(): readonly (FileCase | TenantCase)[] {
  return readdirSync(POLICIES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.examples.yaml'))
    .sort()
    .flatMap((name) => {
      const [domain = '', file = ''] = name.split('/');
      const rule = `${domain}/${file.replace('.examples.yaml', '').replaceAll('_', '-')}`;
      // Their schema is checked by a test of src/sources/examples.ts.
      const examples = parse(readFileSync(join(POLICIES, name), 'utf8')) as readonly Omit<
        ExampleCase,
        'range'
      >[];
      return examples.map((example) => ({ ...example, rule }) as FileCase | TenantCase);
    });
}

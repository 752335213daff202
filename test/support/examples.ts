import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type ExampleCase = {
  readonly rule: string;
  readonly name: string;
  readonly expect: 'pass' | 'fail';
  readonly file: string;
  readonly source: string;
  readonly fixed?: string;
  /** The remedy is to remove the file. */
  readonly fixedByRemoval?: boolean;
  readonly config?: { readonly [option: string]: unknown };
  readonly relationships?: 'declared' | 'elsewhere';
  readonly companions?: readonly { readonly file: string; readonly source: string }[];
  readonly findings?: readonly {
    readonly path: readonly (string | number)[];
    readonly args: { readonly [name: string]: unknown };
  }[];
};

const POLICIES = new URL('../../policies/', import.meta.url).pathname;

/** Every example of every rule, in rule order. */
export function allExamples(): readonly ExampleCase[] {
  return readdirSync(POLICIES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.examples.yaml'))
    .sort()
    .flatMap((name) => {
      const [domain = '', file = ''] = name.split('/');
      const rule = `${domain}/${file.replace('.examples.yaml', '').replaceAll('_', '-')}`;
      const examples = parse(readFileSync(join(POLICIES, name), 'utf8')) as readonly Omit<
        ExampleCase,
        'rule'
      >[];
      return examples.map((example) => ({ ...example, rule }));
    });
}

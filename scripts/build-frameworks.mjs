// @ts-check
/** Writes `frameworks/generated/frameworks.mjs`: every `frameworks/<id>.yaml` as it is written, in the order of their ids. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from './lib/opa.mjs';

const SOURCE = join(projectRoot, 'frameworks');
const TARGET = join(SOURCE, 'generated');

const TYPES = `/** A framework as \`schemas/framework.schema.json\` has it. */
export type WrittenFramework = {
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly controls: readonly {
    readonly id: string;
    readonly title: string;
    readonly url?: string;
    readonly rules: readonly { readonly rule: string; readonly source: string }[];
  }[];
};

export const frameworks: readonly WrittenFramework[];
`;

const frameworks = readdirSync(SOURCE)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => parse(readFileSync(join(SOURCE, name), 'utf8')));
mkdirSync(TARGET, { recursive: true });
writeFileSync(join(TARGET, 'frameworks.d.mts'), TYPES);
writeFileSync(
  join(TARGET, 'frameworks.mjs'),
  `export const frameworks = ${JSON.stringify(frameworks, null, 1)};\n`,
);

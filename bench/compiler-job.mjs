/** One job of the compiler in a process of its own: `node compiler-job.mjs <one rule|all rules|all tests> <times>`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCompiler } from '@agentid-lint/opa-compiler';
import { projectRoot } from '../scripts/lib/opa.mjs';
import { readTables } from '../scripts/lib/tables.mjs';

const policies = join(projectRoot, 'policies');
const capabilities = JSON.parse(readFileSync(join(policies, 'capabilities.json'), 'utf8'));
const all = Object.fromEntries(
  readdirSync(policies, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.rego'))
    .sort()
    .map((name) => [`policies/${name}`, readFileSync(join(policies, name), 'utf8')]),
);
const rules = Object.fromEntries(Object.entries(all).filter(([name]) => !name.endsWith('_test.rego')));
const kinds = [...rules['policies/main.rego'].matchAll(/^(\w+) := \[judgement/gm)];

const JOBS = {
  'one rule': (compiler) =>
    compiler.build({
      modules: { 'a.rego': 'package a\n\np contains x if some x in input.xs\n' },
      capabilities,
      entrypoints: ['a/p'],
    }),
  'all rules': (compiler) =>
    compiler.build({
      modules: rules,
      capabilities,
      entrypoints: kinds.map(([, kind]) => `agentid/main/${kind}`),
    }),
  'all tests': (compiler) =>
    compiler.test({ modules: all, data: { agentid: { tables: readTables() } }, coverage: true }),
};

const [job, times = '1'] = process.argv.slice(2);
const compiler = openCompiler();
for (let round = 0; round < Number(times); round += 1) {
  const answer = await JOBS[job](compiler);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
}
await compiler.close();

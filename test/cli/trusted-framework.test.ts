import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, type Files } from '../e2e/cli.ts';
import { NO_SPONSOR, unsponsored } from '../e2e/manifests.ts';
import { runInside } from '../support/cli-context.ts';

const frameworkOf = (rules: string) =>
  `version: 1\nid: acme\ntitle: Acme\ncontrols:\n  - id: '1'\n    title: Sponsors\n    rules: ${rules}\n`;
const MAPPED = frameworkOf(`[{ rule: ${NO_SPONSOR}, source: handbook }]`);
const EMPTY = frameworkOf('[]');

function repository(files: Files): string {
  const folder = folderWith(files);
  mkdirSync(join(folder, '.git'));
  return folder;
}

test('a framework is read where settings are: a change cannot take its controls away', async () => {
  const cwd = repository({ 'a.agent.yaml': unsponsored(), 'acme.yaml': EMPTY });
  const trusted = { cwd: repository({ 'acme.yaml': MAPPED }) };
  for (const name of ['acme.yaml', './acme.yaml', join(cwd, 'acme.yaml')]) {
    const ran = await runInside(['lint', '--format', 'json', '--framework', name], { cwd, trusted });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      config: { files: ['acme.yaml'] },
      framework: { controls: [{ id: '1', status: 'failed' }] },
    });
  }
});

test('a framework that only the change has is not there', async () => {
  const cwd = repository({ 'a.agent.yaml': unsponsored(), 'acme.yaml': MAPPED });
  const trusted = { cwd: repository({ 'other.yaml': '' }) };
  const ran = await runInside(['lint', '--framework', 'acme.yaml'], { cwd, trusted });
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain('error: acme.yaml: framework-not-found: There is no such file.');
});

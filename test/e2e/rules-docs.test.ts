import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compilerIsBuilt } from '../support/compiler.ts';
import { WHOLE } from '../support/own-rules.ts';
import { folderWith, POSIX, run, type Files } from './cli.ts';

const RULES: Files = Object.fromEntries(Object.entries(WHOLE).map(([path, text]) => [`rules/${path}`, text]));

async function docs(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = await run(['rules', 'docs', ...args], { cwd });
  return { status, stdout, stderr };
}

describe.skipIf(!compilerIsBuilt())('rules docs', () => {
  test('writes pages, keeps them current, and says when they are not', async () => {
    const cwd = folderWith({ ...RULES, 'docs/guide.md': '# By hand\n' });
    expect(await docs(cwd, '-o', 'docs/', '--check')).toEqual({
      status: 1,
      stderr: '',
      stdout:
        'out of date: docs/index.md\nout of date: docs/ownership/team-tag.md\n2 pages in docs/: not current; write them with "agentid-lint rules docs"\n',
    });
    expect(readdirSync(join(cwd, 'docs'))).toEqual(['guide.md']);
    expect(await docs(cwd, './rules', '-o', 'docs')).toEqual({
      status: 0,
      stderr: '',
      stdout:
        'wrote docs/index.md\nwrote docs/ownership/team-tag.md\n2 pages in docs: 2 written, 0 unchanged, 0 removed\n',
    });
    expect(await docs(cwd, '-o', 'docs', '--check')).toEqual({
      status: 0,
      stderr: '',
      stdout: '2 pages in docs: current\n',
    });
    const page = readFileSync(join(cwd, 'docs', 'ownership', 'team-tag.md'), 'utf8');
    expect(page).toContain('**Team tag is missing** · severity **low** · judges blueprints · in files\n');
    expect(page).toContain(
      '| `tags` | array | `["team:*"]` | Tags that name a team, exact or with a trailing star. |',
    );
    expect(page).toContain('❌ No tags at all (`claims.blueprint.yaml`)\n');

    const renamed = Object.fromEntries(
      Object.entries(WHOLE).map(([path, text]) => [
        `other/${path.replace('team_tag', 'tag')}`,
        text.replaceAll('team_tag', 'tag').replaceAll('ownership/team-tag', 'ownership/tag'),
      ]),
    );
    const other = folderWith(renamed);
    expect((await docs(cwd, join(other, 'other'), '-o', 'docs')).stdout).toBe(
      'wrote docs/index.md\nwrote docs/ownership/tag.md\nremoved docs/ownership/team-tag.md\n2 pages in docs: 2 written, 0 unchanged, 1 removed\n',
    );
    expect(readFileSync(join(cwd, 'docs', 'guide.md'), 'utf8')).toBe('# By hand\n');
  });

  test('touches no file that it has not written', async () => {
    const cwd = folderWith({ ...RULES, 'docs/index.md': '# My own\n' });
    expect(await docs(cwd, '-o', 'docs')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'error: in docs stands what this command has not written: index.md\n  Move it, or name another folder. Nothing was written.\n',
    });
    expect(readdirSync(join(cwd, 'docs'))).toEqual(['index.md']);
  });

  test('writes nothing about rules that are not in order', async () => {
    const cwd = folderWith(RULES);
    writeFileSync(join(cwd, 'rules', 'ownership', 'team_tag.rego'), 'package agentid.ownership.team_tag\n');
    const { status, stdout, stderr } = await docs(cwd, '-o', 'docs');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: rules\/ownership\/team_tag\.rego:1:1: rules-no-/);
    expect(readdirSync(cwd)).toEqual(['rules']);
  });

  test.runIf(POSIX)('says when it cannot write', async () => {
    expect(await docs(folderWith({ ...RULES, docs: 'a file' }), '-o', 'docs')).toEqual({
      status: 10,
      stdout: '',
      stderr: 'error: could not write the pages to docs: a part of its path is not a folder (ENOTDIR)\n',
    });
  });
});

test.each([
  [[], 'error: required option "-o, --output <folder>" not specified\n'],
  [['-o', ''], 'error: --output: the value is empty\n'],
  [['-o', 'docs'], 'error: no folder of rules is named, and there is no ./rules\n'],
])('rules docs is not done for %j', async (args, first) => {
  const { status, stdout, stderr } = await docs(folderWith({}), ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.startsWith(first)).toBe(true);
});

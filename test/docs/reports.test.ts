import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPORTERS } from '../../src/reporters/index.ts';
import { POSIX, ROOT } from '../e2e/cli.ts';
import { scriptOf } from './markdown-commands.ts';
import { withRealOutputs, Workspace } from './workspace.ts';

const DOCUMENT = join(ROOT, 'docs', 'reports.md');
const markdown = readFileSync(DOCUMENT, 'utf8');
const { steps, refused } = scriptOf(markdown);

/** The examples in a repository with one commit, the same in every run. */
async function examples(): Promise<Workspace> {
  const workspace = new Workspace();
  rmSync(join(workspace.cwd, '.git'), { recursive: true });
  cpSync(join(ROOT, 'examples'), workspace.cwd, { recursive: true });
  const who = '-c user.name=n -c user.email=e@example.com';
  const when = 'GIT_AUTHOR_DATE=2026-11-23T00:00:00Z GIT_COMMITTER_DATE=2026-11-23T00:00:00Z';
  const line = `export GIT_CONFIG_GLOBAL=/dev/null; git init -q && git add -A && ${when} git ${who} commit -qm examples`;
  await workspace.run({ line, exit: 0 });
  return workspace;
}

test('docs/reports.md shows no command that is not run', () => {
  expect(refused).toEqual([]);
});

test('docs/reports.md tells of every format, and of no other', () => {
  const rows = [...markdown.matchAll(/^\| (`[a-z0-9-]+`(?:, `[a-z0-9-]+`)*) +\| .* \| .* \|$/gm)];
  const named = rows.flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '));
  expect(named).toEqual(Object.keys(REPORTERS));
  const headings = [...markdown.matchAll(/^## (`.*)$/gm)].flatMap(([, heading = '']) =>
    [...heading.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(headings).toEqual(Object.keys(REPORTERS));
});

describe.skipIf(!POSIX)('docs/reports.md', () => {
  // "vitest -u" writes the real outputs into the document.
  test('shows what its commands print, in their order', { timeout: 120_000 }, async () => {
    const real = await withRealOutputs(markdown, steps, await examples());
    await expect(real).toMatchFileSnapshot(DOCUMENT);
  });
});

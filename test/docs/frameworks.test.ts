import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInFramework } from '../../src/frameworks/built-in.ts';
import { FRAMEWORK_NAMES } from '../../src/frameworks/framework.ts';
import { POSIX, ROOT } from '../e2e/cli.ts';
import { scriptOf } from './markdown-commands.ts';
import { withRealOutputs, Workspace } from './workspace.ts';

const DOCUMENT = join(ROOT, 'docs', 'frameworks.md');
const markdown = readFileSync(DOCUMENT, 'utf8');
const { steps, refused } = scriptOf(markdown);

test('docs/frameworks.md shows no command that is not run', () => {
  expect(refused).toEqual([]);
});

test('docs/frameworks.md lists every framework that comes along, with its address', () => {
  const rows = [...markdown.matchAll(/^\| `([a-z0-9-]+)` +\| \[.*?\]\((https:[^)]+)\) +\|/gm)];
  expect(rows.map(([, name, url]) => [name, url])).toEqual(
    FRAMEWORK_NAMES.map((name) => [name, builtInFramework(name)?.url]),
  );
});

describe.skipIf(!POSIX)('docs/frameworks.md', () => {
  // "vitest -u" writes the real outputs into the document.
  test('shows what its commands print, in their order', { timeout: 60_000 }, async () => {
    const workspace = new Workspace();
    cpSync(join(ROOT, 'examples'), workspace.cwd, { recursive: true });
    await expect(await withRealOutputs(markdown, steps, workspace)).toMatchFileSnapshot(DOCUMENT);
  });
});

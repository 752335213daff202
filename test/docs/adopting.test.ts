import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { POSIX, ROOT } from '../e2e/cli.ts';
import { scriptOf } from './markdown-commands.ts';
import { withRealOutputs, Workspace } from './workspace.ts';

const DOCUMENT = join(ROOT, 'docs', 'adopting.md');
const markdown = readFileSync(DOCUMENT, 'utf8');
const { steps, refused } = scriptOf(markdown);

test('docs/adopting.md shows no command that is not run', () => {
  expect(refused).toEqual([]);
});

describe.skipIf(!POSIX)('docs/adopting.md', () => {
  // "vitest -u" writes the real outputs into the document.
  test('shows what its commands print, in their order', { timeout: 120_000 }, async () => {
    const real = await withRealOutputs(markdown, steps, new Workspace());
    await expect(real).toMatchFileSnapshot(DOCUMENT);
  });
});

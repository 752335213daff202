import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { POSIX, ROOT } from '../e2e/cli.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { isSame, scriptOf } from './markdown-commands.ts';
import { withRealOutputs, Workspace } from './workspace.ts';

const DOCUMENT = join(ROOT, 'docs', 'writing-rules.md');
const markdown = readFileSync(DOCUMENT, 'utf8');
const { steps, refused } = scriptOf(markdown);

test('docs/writing-rules.md shows no command that is not run', () => {
  expect(refused).toEqual([]);
  expect(steps.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(15);
});

describe.skipIf(!POSIX || !compilerIsBuilt())('docs/writing-rules.md', () => {
  // "vitest -u" writes the real outputs into the document.
  test('shows what its commands print, in their order', { timeout: 240_000 }, async () => {
    const real = await withRealOutputs(markdown, steps, new Workspace());
    await expect(real).toMatchFileSnapshot(DOCUMENT);
  });
});

describe('a document', () => {
  const refusedIn = (markdown: string) => scriptOf(markdown).refused;

  test.each([
    ['a block of another language', '```sh\nagentid-lint lint\n```'],
    ['a block without a language', '```\nls\n```'],
    ['a block that never ends', '```console\n$ agentid-lint lint'],
    ['a block in a list', '- first\n\n  ```sh\n  agentid-lint lint\n  ```'],
    ['indented code', 'Run this:\n\n    agentid-lint lint'],
    ['tildes', '~~~sh\nagentid-lint lint\n~~~'],
    ['a console block that begins without a command', '```console\nagentid-lint lint\n```'],
    ['a line of text', 'Run\nagentid-lint lint agents'],
    ['a code span', 'Run `agentid-lint lint agents` now.'],
    ['a command in another block', '```yaml\n- run: x\nagentid-lint lint\n```'],
  ])('cannot show a command that is not run in %s', (_, markdown) => {
    expect(refusedIn(markdown)).not.toEqual([]);
  });

  test('may name commands that it runs, and show files and changes', () => {
    const markdown = [
      'With `agentid-lint lint` and `agentid-lint`,',
      'agentid-lint itself and more:',
      '```console exit=1',
      '$ agentid-lint lint agents',
      'output',
      '$ cd ..',
      '```',
      '```yaml file=a/b.yaml',
      'kind: x',
      '```',
      '## Changed',
      '```diff file=a/b.yaml',
      '-kind: x',
      '+kind: y',
      '```',
    ].join('\n');
    expect(scriptOf(markdown)).toEqual({
      refused: [],
      steps: [
        { kind: 'command', line: 'agentid-lint lint agents', shown: ['output'], exit: 0, at: 4 },
        { kind: 'command', line: 'cd ..', shown: [], exit: 1, at: 6 },
        { kind: 'file', path: 'a/b.yaml', text: 'kind: x\n' },
        { kind: 'heading' },
        { kind: 'change', path: 'a/b.yaml', before: 'kind: x\n', after: 'kind: y\n' },
      ],
    });
  });

  test('is compared with what is printed, but for what differs from day to day', () => {
    const digest = (digit: string) => `sha256 ${digit.repeat(64)}`;
    expect(
      isSame([digest('0'), 'wrote x: 1.5 KiB in 20 ms'], [digest('f'), 'wrote x: 17 bytes in 1.2s']),
    ).toBe(true);
    expect(isSame(['agentid-lint 0.1.0'], ['agentid-lint 1.12.3'])).toBe(true);
    expect(isSame(['1 rule'], ['2 rules'])).toBe(false);
    expect(isSame(['one'], ['one', ''])).toBe(false);
  });
});

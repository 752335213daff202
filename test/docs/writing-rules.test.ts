import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, folderWith, NOW, POSIX, ROOT } from '../e2e/cli.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { isSame, scriptOf, type Command, type Step } from './markdown-commands.ts';

const DOCUMENT = join(ROOT, 'docs', 'writing-rules.md');
const { steps, refused } = scriptOf(readFileSync(DOCUMENT, 'utf8'));

/** A folder in which everything happens, and a shell in it that knows `agentid-lint`. */
class Workspace {
  readonly #bin: string;
  readonly #undo: (() => void)[] = [];
  readonly #env: Readonly<Record<string, string>>;
  #cwd: string;

  constructor() {
    const home = folderWith({ 'work/claims-agents/.git/HEAD': '' });
    this.#bin = join(home, 'bin');
    this.#cwd = join(home, 'work', 'claims-agents');
    mkdirSync(this.#bin);
    const program = join(this.#bin, 'agentid-lint');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist', 'cli.js')}" "$@"\n`);
    chmodSync(program, 0o755);
    const env = cleanEnv({ AGENTID_LINT_CACHE_DIR: join(home, 'cache'), AGENTID_LINT_NOW: NOW, CI: 'true' });
    this.#env = { ...env, PATH: `${this.#bin}${delimiter}${env['PATH'] ?? ''}` };
  }

  write({ path, text }: Extract<Step, { kind: 'file' }>): void {
    const file = join(this.#cwd, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  change({ path, before, after }: Extract<Step, { kind: 'change' }>): void {
    const file = join(this.#cwd, path);
    const text = readFileSync(file, 'utf8');
    expect(text.split(before), `${path} holds the lines to change once`).toHaveLength(2);
    writeFileSync(
      file,
      text.replace(before, () => after),
    );
    this.#undo.push(() => {
      writeFileSync(file, text);
    });
  }

  undoChanges(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  /** Runs a command in the folder that the one before it has ended in. */
  async run({ line, exit }: Command): Promise<readonly string[]> {
    const place = join(this.#bin, 'place');
    const script = `${line}\nstatus=$?\npwd >"${place}"\nexit $status`;
    const child = spawn('bash', ['--norc', '-c', `exec 2>&1\n${script}`], {
      cwd: this.#cwd,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status, `${line}\n${output}`).toBe(exit);
    this.#cwd = readFileSync(place, 'utf8').trim();
    return output === '' ? [] : output.replace(/\n$/, '').split('\n');
  }
}

test('docs/writing-rules.md shows no command that is not run', () => {
  expect(refused).toEqual([]);
  expect(steps.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(15);
});

describe.skipIf(!POSIX || !compilerIsBuilt())('docs/writing-rules.md', () => {
  // "vitest -u" writes the real outputs into the document.
  test('shows what its commands print, in their order', { timeout: 240_000 }, async () => {
    const workspace = new Workspace();
    const lines = readFileSync(DOCUMENT, 'utf8').split('\n');
    const outputs: { readonly at: number; readonly length: number; readonly real: readonly string[] }[] = [];
    for (const step of steps) {
      if (step.kind === 'file') workspace.write(step);
      else if (step.kind === 'change') workspace.change(step);
      else if (step.kind === 'heading') workspace.undoChanges();
      else {
        const real = await workspace.run(step);
        const { at, shown } = step;
        if (!isSame(real, shown)) outputs.push({ at, length: shown.length, real });
      }
    }
    for (const { at, length, real } of outputs.reverse()) lines.splice(at, length, ...real);
    await expect(lines.join('\n')).toMatchFileSnapshot(DOCUMENT);
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

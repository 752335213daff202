import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { cleanEnv, folderWith, NOW, ROOT } from '../e2e/cli.ts';
import { isSame, type Command, type Step } from './markdown-commands.ts';

/** A folder in which everything happens that a document shows, and a shell in it that knows `agentid-lint`. */
export class Workspace {
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

  get cwd(): string {
    return this.#cwd;
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
  async run({ line, exit }: Pick<Command, 'line' | 'exit'>): Promise<readonly string[]> {
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

/** The document with what its commands really print, in their order; what differs by the day or the machine stays. */
export async function withRealOutputs(
  markdown: string,
  steps: readonly Step[],
  workspace: Workspace,
): Promise<string> {
  const lines = markdown.split('\n');
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
  return lines.join('\n');
}

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cleanEnv, folderWith, POSIX, ROOT } from '../e2e/cli.ts';
import { standIn } from '../e2e/stand-in.ts';
import { believableTenant } from '../graph-server/believable-tenant.ts';
import { createMemoryTenant } from '../graph-server/memory-tenant.ts';
import { isSame, scriptOf, type Command } from './markdown-commands.ts';

const README = join(ROOT, 'README.md');
const HEADING = '## Scan your tenant in five minutes';

/** The section with the line numbers of the whole page: everything else is left blank. */
function sectionOf(markdown: string): readonly string[] {
  const lines = markdown.split('\n');
  const from = lines.indexOf(HEADING);
  const to = lines.findIndex((line, index) => index > from && line.startsWith('## '));
  return lines.map((line, index) => (index >= from && index < to ? line : ''));
}

/** A script that is shown and not run: it would register an app. */
type Shown = { readonly file: string; readonly at: number; readonly lines: readonly string[] };

const SCRIPT = /^```sh script=(\S+)$/;

/** The scripts of a section, and the section without them. */
function withoutScripts(lines: readonly string[]): {
  readonly scripts: readonly Shown[];
  readonly rest: string;
} {
  const scripts: Shown[] = [];
  const rest = [...lines];
  for (const [index, line] of lines.entries()) {
    const [, file] = SCRIPT.exec(line) ?? [];
    if (file === undefined) continue;
    const end = lines.indexOf('```', index);
    scripts.push({ file, at: index + 1, lines: lines.slice(index + 1, end) });
    rest.fill('', index, end + 1);
  }
  return { scripts, rest: rest.join('\n') };
}

const page = readFileSync(README, 'utf8');
const { scripts, rest } = withoutScripts(sectionOf(page));
const { steps, refused } = scriptOf(rest);

/** Times are to a second only, and a run may take some. */
const masked = (lines: readonly string[]) =>
  lines.map((line) =>
    line
      .replaceAll(/2026-11-2[23]T[\d:]+Z/g, '<moment>')
      .replaceAll(/\d+ (?:requests|round trips)/g, '<count>'),
  );

class Workspace {
  readonly cwd: string;
  readonly #env: { readonly [name: string]: string };

  constructor(env: { readonly [name: string]: string }) {
    const home = folderWith({});
    const bin = join(home, 'bin');
    this.cwd = join(home, 'agents');
    mkdirSync(bin);
    mkdirSync(this.cwd);
    const program = join(bin, 'agentid-lint');
    const clock = pathToFileURL(join(ROOT, 'test/support/pinned-clock.mjs')).href;
    const cli = join(ROOT, 'dist', 'cli.js');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" --import "${clock}" "${cli}" "$@"\n`);
    chmodSync(program, 0o755);
    const clean = cleanEnv({ ...env, AGENTID_LINT_CACHE_DIR: join(home, 'cache'), CI: 'true' });
    this.#env = { ...clean, PATH: `${bin}${delimiter}${clean['PATH'] ?? ''}` };
  }

  async run({ line, exit }: Command): Promise<readonly string[]> {
    const child = spawn('bash', ['--norc', '-c', `set -o pipefail\nexec 2>&1\n${line}`], {
      cwd: this.cwd,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status, `${line}\n${output}`).toBe(exit);
    return output === '' ? [] : output.replace(/\n$/, '').split('\n');
  }
}

test('the README shows no command for tenants that is not run', () => {
  // The stand-in's own program is tested where it is.
  expect(refused).toEqual(['npm run demo:tenant']);
  expect(steps.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(3);
  expect(scripts.map(({ file }) => file)).toEqual(['register.sh']);
});

describe.runIf(POSIX)('the README', () => {
  // "vitest --update" writes the real outputs into it.
  test('shows what its commands print for a tenant', { timeout: 120_000 }, async () => {
    const { env } = await standIn({ tenant: createMemoryTenant(believableTenant()) });
    const workspace = new Workspace(env);
    const lines = page.split('\n');
    const outputs: { readonly at: number; readonly length: number; readonly real: readonly string[] }[] = [];
    for (const step of steps) {
      if (step.kind === 'file') writeFileSync(join(workspace.cwd, step.path), step.text);
      if (step.kind !== 'command') continue;
      const real = await workspace.run(step);
      if (!isSame(masked(real), masked(step.shown)))
        outputs.push({ at: step.at, length: step.shown.length, real });
    }
    for (const { file, at, lines: shown } of scripts) {
      const real = readFileSync(join(workspace.cwd, file), 'utf8').trimEnd().split('\n');
      if (!isSame(real, shown)) outputs.push({ at, length: shown.length, real });
    }
    for (const { at, length, real } of outputs.sort((one, other) => other.at - one.at))
      lines.splice(at, length, ...real);
    await expect(lines.join('\n')).toMatchFileSnapshot(README);
  });
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addFile, readHistory } from '../../src/history/files.ts';
import { newFile } from '../../src/history/run.ts';
import { fileName, fileText } from '../../src/history/text.ts';
import { trendOf } from '../../src/history/trend.ts';
import type { RunLine, StateLine } from '../../src/history/types.ts';
import { aRun, day, found, historyOf, WHOLE } from './builders.ts';

function aFolder(): { readonly name: string; readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'agentid-lint-history-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return { name: 'h/', path };
}

const ONE = newFile(aRun(day(1), 'a', [found('a')]), [], WHOLE);

function problemsIn(folder: ReturnType<typeof aFolder>): readonly string[] {
  const opened = readHistory(folder, { mustExist: true });
  return opened.ok
    ? []
    : opened.problems.map(({ uri, range, code }) => `${uri ?? ''}:${range?.start.line ?? ''} ${code}`);
}

test('what was added is read again, and adding it twice changes nothing', () => {
  const { path } = aFolder();
  const folder = { name: 'h', path: join(path, 'new', 'deeper') };
  expect(readHistory(folder, { mustExist: false })).toEqual({ ok: true, files: [] });
  addFile(folder, ONE);
  addFile(folder, ONE);
  expect(readdirSync(folder.path)).toEqual([ONE.name]);
  expect(readHistory(folder, { mustExist: true })).toEqual({
    ok: true,
    files: historyOf([aRun(day(1), 'a', [found('a')])]),
  });
});

test('other files, and what a killed run leaves behind, are no runs', () => {
  const folder = aFolder();
  addFile(folder, ONE);
  for (const name of ['README.md', '.gitkeep', '.gitattributes']) writeFileSync(join(folder.path, name), 'x');
  mkdirSync(join(folder.path, '.agentid-lint-Ab12cd'));
  writeFileSync(join(folder.path, '.agentid-lint-Ab12cd', ONE.name), ONE.text.slice(0, 9));
  expect(readHistory(folder, { mustExist: true })).toMatchObject({ ok: true, files: [{ name: ONE.name }] });
});

describe('nothing is guessed', () => {
  test.each<[string, (path: string) => void, readonly string[]]>([
    [
      'a run that is missing',
      (path) => {
        const next = newFile(aRun(day(2), 'a', []), historyOf([aRun(day(1), 'a', [found('a')])]), WHOLE);
        writeFileSync(join(path, next.name), next.text);
      },
      ['h/2026-11-02T120000Z-*.ndjson:1 history-missing-run'],
    ],
    [
      'a file that is cut short',
      (path) => {
        writeFileSync(join(path, ONE.name), ONE.text.slice(0, -1));
      },
      [`h/${ONE.name}:2 history-truncated`],
    ],
    [
      'every file with a problem',
      (path) => {
        for (const name of ['b', 'a']) writeFileSync(join(path, `${name}.ndjson`), '{}\n');
      },
      ['h/a.ndjson:1 history-other-format', 'h/b.ndjson:1 history-other-format'],
    ],
    [
      'a folder with the name of a file',
      (path) => {
        mkdirSync(join(path, 'a.ndjson'));
      },
      ['h/a.ndjson: not-a-regular-file'],
    ],
    [
      'bytes that are no text',
      (path) => {
        writeFileSync(join(path, 'a.ndjson'), new Uint8Array([0x7b, 0x22, 0xff]));
      },
      ['h/a.ndjson:1 invalid-utf8'],
    ],
  ])('%s', (_name, make, problems) => {
    const folder = aFolder();
    make(folder.path);
    expect(
      problemsIn(folder).map((each) =>
        each.replace(/(T120000Z-)[\da-f]{8}(?=\.ndjson:1 history-missing)/, '$1*'),
      ),
    ).toEqual(problems);
  });

  test('no folder, and a file in its place', () => {
    const { path } = aFolder();
    writeFileSync(join(path, 'file'), '');
    expect(problemsIn({ name: 'nowhere', path: join(path, 'nowhere') })).toEqual([
      'nowhere: history-unreadable',
    ]);
    expect(problemsIn({ name: 'file', path: join(path, 'file') })).toEqual(['file: history-not-a-folder']);
  });
});

test('1,000 runs with 100,000 states are read and told in less than two seconds', () => {
  const folder = aFolder();
  let after: string | null = null;
  for (let index = 0; index < 1_000; index += 1) {
    const now = new Date(Date.UTC(2024, 0, 1) + index * 86_400_000).toISOString().replace('.000Z', 'Z');
    const states = Array.from({ length: 100 }, (_, place): StateLine => {
      const fingerprint = `v1:${String(1_000 * (index % 50) + place).padStart(32, '0')}`;
      const state = Math.floor(index / 50) % 2 === 0 ? 'open' : 'fixed';
      return {
        fingerprint,
        was: null,
        rule: 'accountability/no-owner',
        resource: `blueprint/agent-${place}`,
        file: `agents/agent-${place}.yaml`,
        severity: 'high',
        state,
        kind: null,
      };
    });
    const text: string = fileText({ ...RUN, now, after, states: states.length }, states);
    const name: string = fileName({ now }, text);
    writeFileSync(join(folder.path, name), text);
    after = name;
  }
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    const opened = readHistory(folder, { mustExist: true });
    const trend = opened.ok ? trendOf(opened.files, { version: '1', source: 'files', since: null }) : null;
    expect(trend?.timeToFix[1]).toEqual({
      severity: 'high',
      fixed: 50_000,
      meanDays: 50,
      open: 0,
      meanAgeDays: null,
    });
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(2_000);
});

const RUN: Omit<RunLine, 'now' | 'after' | 'states'> = {
  ...{ source: 'files', base: '', verdict: 'fail', exitCode: 1 },
  counts: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
  suppressed: { waiver: 0, inline: 0, baseline: 0, exemption: 0 },
  ...{
    expired: 0,
    resources: 4,
    tool: '0.1.0',
    policyDigest: 'sha256:5f1e',
    incomplete: false,
    partial: false,
  },
};

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBundleBytes } from '../../src/sources/bundle-bytes.ts';
import { brief } from '../support/own-rules.ts';
import { temporaryFolder } from './temporary.ts';

function said(path: string): readonly string[] {
  const read = readBundleBytes({ path, uri: 'team.tar.gz' });
  return read.ok
    ? [`${read.bytes.length} bytes`]
    : brief(read.problems).map((line) => line.split(' | ')[0] ?? '');
}

describe('the bytes of a bundle', () => {
  test('are those of the file, also behind a link', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.tar.gz'), 'abc');
    symlinkSync('a.tar.gz', join(folder, 'linked.tar.gz'));
    expect(readBundleBytes({ path: join(folder, 'a.tar.gz'), uri: 'a' })).toEqual({
      ok: true,
      bytes: new TextEncoder().encode('abc'),
    });
    expect(said(join(folder, 'linked.tar.gz'))).toEqual(['3 bytes']);
    writeFileSync(join(folder, 'empty.tar.gz'), '');
    expect(said(join(folder, 'empty.tar.gz'))).toEqual(['0 bytes']);
  });

  test('are not there', () => {
    expect(said(join(temporaryFolder(), 'none.tar.gz'))).toEqual([
      'team.tar.gz source-not-found: There is no such source of rules.',
    ]);
  });

  test('F07 are no folder', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a.tar.gz'));
    expect(said(join(folder, 'a.tar.gz'))).toEqual([
      'team.tar.gz source-not-found: A bundle is a file, and this is none (folder).',
    ]);
  });

  test.runIf(process.platform !== 'win32')(
    'F01 F02 are no pipe and no device, and nothing is waited for',
    () => {
      const pipe = join(temporaryFolder(), 'a.tar.gz');
      execFileSync('mkfifo', [pipe]);
      expect(said(pipe)).toEqual([
        'team.tar.gz source-not-found: A bundle is a file, and this is none (fifo).',
      ]);
      expect(said('/dev/zero')).toEqual([
        'team.tar.gz source-not-found: A bundle is a file, and this is none (device).',
      ]);
    },
  );

  test('F11 are not read when there are too many', () => {
    const path = join(temporaryFolder(), 'a.tar.gz');
    writeFileSync(path, '');
    truncateSync(path, 16 * 1024 * 1024 + 1);
    expect(said(path)).toEqual(['team.tar.gz bundle-too-large: The bundle is too large.']);
  });
});

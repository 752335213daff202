import { appendFileSync, chmodSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { readFileSafely } from '../../src/documents/read.ts';
import { timed } from './brief.ts';
import { addFifo, addLink, folderWith } from './folder.ts';

type Hooks = {
  afterLstat: () => void;
  afterFstat: () => void;
  openFails: string | null;
  closeFails: boolean;
};

const hooks = vi.hoisted((): Hooks => ({
  afterLstat: () => undefined,
  afterFstat: () => undefined,
  openFails: null,
  closeFails: false,
}));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const failure = (code: string) => Object.assign(new Error(`${code}: secret detail`), { code });
  return {
    ...fs,
    lstatSync: (path: string) => {
      const stats = fs.lstatSync(path);
      hooks.afterLstat();
      return stats;
    },
    openSync: (path: string, flags: number) => {
      if (hooks.openFails !== null) throw failure(hooks.openFails);
      return fs.openSync(path, flags);
    },
    fstatSync: (descriptor: number) => {
      const stats = fs.fstatSync(descriptor);
      hooks.afterFstat();
      return stats;
    },
    closeSync: (descriptor: number) => {
      fs.closeSync(descriptor);
      if (hooks.closeFails) throw failure('EIO');
    },
  };
});

beforeEach(() => {
  hooks.afterLstat = () => undefined;
  hooks.afterFstat = () => undefined;
  hooks.openFails = null;
  hooks.closeFails = false;
});

function read(path: string, maxBytes?: number): string {
  const result = readFileSafely({ uri: 'a.yaml', path }, maxBytes);
  if (result.ok) return `text ${result.text}`;
  const { code, message, uri, range } = result.problem;
  expect({ uri, range }).toEqual({ uri: 'a.yaml', range: null });
  return `${code}: ${message}`;
}

const folder = folderWith({ 'a.yaml': 'a: 1\n', 'empty.yaml': '', 'bom.yaml': '\ufeffa: é\n' });
const at = (name: string) => join(folder, name);

test('a file is read as text, without its byte order mark', () => {
  expect(read(at('a.yaml'))).toBe('text a: 1\n');
  expect(read(at('empty.yaml'))).toBe('text ');
  expect(read(at('bom.yaml'))).toBe('text a: é\n');
  const long = 'x'.repeat(300_000);
  writeFileSync(at('long.yaml'), long);
  expect(read(at('long.yaml'))).toBe(`text ${long}`);
  expect(read(at('a.yaml'))).toBe('text a: 1\n');
});

test('a file that tells no size is read to its end', () => {
  expect(read('/proc/self/status')).toMatch(/^text Name:/);
});

test('F01 a FIFO is refused without waiting for its other end', () => {
  addFifo(folder, 'fifo.yaml');
  expect(timed(() => read(at('fifo.yaml')))).toBeLessThan(1000);
  expect(read(at('fifo.yaml'))).toBe('not-a-regular-file: This is not a regular file (fifo).');
});

test('F02 devices and links to devices are never opened', () => {
  addLink(folder, 'zero.yaml', '/dev/zero');
  expect(read('/dev/zero')).toBe('not-a-regular-file: This is not a regular file (device).');
  expect(read(at('zero.yaml'))).toBe('not-a-regular-file: This is not a regular file (link).');
});

test('F03 a link is not followed here, wherever it leads', () => {
  addLink(folder, 'passwd.yaml', '/etc/passwd');
  expect(read(at('passwd.yaml'))).toBe('not-a-regular-file: This is not a regular file (link).');
});

test('F05 a file that turns into a link, a FIFO or a folder between the calls is refused', () => {
  const swapped = folderWith({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1', 'c.yaml': 'c: 1' });
  hooks.afterLstat = () => {
    renameSync(join(swapped, 'a.yaml'), join(swapped, 'old.yaml'));
    addLink(swapped, 'a.yaml', '/etc/passwd');
  };
  expect(read(join(swapped, 'a.yaml'))).toBe('not-a-regular-file: This is not a regular file (link).');
  hooks.afterLstat = () => {
    rmSync(join(swapped, 'b.yaml'));
    addFifo(swapped, 'b.yaml');
  };
  expect(read(join(swapped, 'b.yaml'))).toBe('not-a-regular-file: This is not a regular file (fifo).');
});

test('F06 a file that cannot be read is told by the reason, and nothing else', () => {
  chmodSync(at('a.yaml'), 0o600);
  hooks.openFails = 'EACCES';
  expect(read(at('a.yaml'))).toBe('file-unreadable: The file cannot be read: permission denied (EACCES).');
  hooks.openFails = 'EPERM';
  expect(read(at('a.yaml'))).toBe('file-unreadable: The file cannot be read: permission denied (EPERM).');
  hooks.openFails = 'EIO';
  expect(read(at('a.yaml'))).toBe('file-unreadable: The file cannot be read (EIO).');
  hooks.openFails = 'EISDIR';
  expect(read(at('a.yaml'))).toBe('not-a-regular-file: This is not a regular file (folder).');
});

test('F06 a close that fails loses nothing', () => {
  hooks.closeFails = true;
  expect(read(at('a.yaml'))).toBe('text a: 1\n');
});

test('F07 a folder is no file', () => {
  expect(read(folder)).toBe('not-a-regular-file: This is not a regular file (folder).');
});

test('F08 a file that is gone when it is read is told', () => {
  const vanishing = folderWith({ 'a.yaml': 'a: 1' });
  hooks.afterLstat = () => {
    rmSync(join(vanishing, 'a.yaml'), { force: true });
  };
  expect(read(join(vanishing, 'a.yaml'))).toBe(
    'file-disappeared: The file disappeared while the run was going on.',
  );
  expect(read(join(vanishing, 'a.yaml'))).toBe(
    'file-disappeared: The file disappeared while the run was going on.',
  );
  expect(read(join(vanishing, 'no', 'a.yaml'))).toMatch(/^file-disappeared/);
});

test('F11 a huge file is refused by its size before it is read', () => {
  writeFileSync(at('huge.yaml'), '');
  truncateSync(at('huge.yaml'), 3 * 1024 ** 3);
  expect(timed(() => read(at('huge.yaml')))).toBeLessThan(1000);
  expect(read(at('huge.yaml'))).toBe('file-too-large: The file is 3.0 GiB, the limit is 10.0 MiB.');
  expect(read(at('a.yaml'), 4)).toBe('file-too-large: The file is 5 bytes, the limit is 4 bytes.');
  expect(read(at('a.yaml'), 5)).toBe('text a: 1\n');
});

test('F12 a file that grows while it is read is given up at the limit', () => {
  const growing = folderWith({ 'a.yaml': 'x' });
  hooks.afterFstat = () => {
    appendFileSync(join(growing, 'a.yaml'), 'x'.repeat(5000));
  };
  expect(read(join(growing, 'a.yaml'), 2048)).toBe(
    'file-too-large: The file is growing, the limit is 2.0 KiB.',
  );
  expect(read(join(growing, 'a.yaml'), 100_000)).toMatch(/^text x+$/);
});

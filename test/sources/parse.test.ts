import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRuleSource, parseWrittenSource, type WrittenSource } from '../../src/sources/parse.ts';
import { SOURCE_PROBLEMS } from '../../src/sources/problem.ts';
import { temporaryFolder } from './temporary.ts';

const DIGEST = 'a1'.repeat(32);

/** What stands in the folder that the names are relative to. */
const FILES = {
  'rules/': '',
  'acme/': '',
  '@acme/rules/': '',
  'odd.tar.gz/': '',
  'team.tar.gz': 'bundle',
  'team.tgz': 'bundle',
  'dist/TEAM.TAR.GZ': 'bundle',
  'bundle.bin': 'bundle',
  'naming.rego': 'package agentid.acme.naming',
  'a:b/': '',
  linked: { linkTo: 'rules' },
  circle: { linkTo: 'circle' },
  broken: { linkTo: 'nowhere' },
};

function parse(written: WrittenSource) {
  const base = temporaryFolder(FILES);
  const parsed = parseWrittenSource(written, { base });
  if (!parsed.ok) return parsed;
  const { source } = parsed;
  expect(source.name).not.toBe('');
  if ('path' in source) return { ...source, path: source.path.replace(base, '~') };
  return 'from' in source ? { ...source, from: source.from.replace(base, '~') } : source;
}

describe('a text names', () => {
  const folder = (name: string, path: string) =>
    [name, { kind: 'folder', name, path: join('~', path) }] as const;
  const bundle = (name: string, path: string) =>
    [name, { kind: 'bundle', name, path: join('~', path), sha256: null }] as const;
  const npm = (text: string, name: string) =>
    [text, { kind: 'package', name: text, package: name, from: '~' }] as const;

  test.each([
    folder('./rules', 'rules'),
    folder('rules', 'rules'),
    folder('rules/', 'rules'),
    folder('.', ''),
    folder('rules/../rules', 'rules'),
    folder('linked', 'linked'),
    folder('odd.tar.gz', 'odd.tar.gz'),
    folder('a:b', 'a:b'),
    bundle('team.tar.gz', 'team.tar.gz'),
    bundle('./team.tgz', 'team.tgz'),
    bundle('dist/TEAM.TAR.GZ', 'dist/TEAM.TAR.GZ'),
    npm('agentid-rules', 'agentid-rules'),
    npm('@larkspur/rules', '@larkspur/rules'),
    npm('Rules.v2_x~1', 'Rules.v2_x~1'),
    npm('npm:agentid-rules', 'agentid-rules'),
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each([
    ['acme', { kind: 'folder' }],
    ['@acme/rules', { kind: 'folder' }],
    ['npm:acme', { kind: 'package', package: 'acme' }],
    ['npm:@acme/rules', { kind: 'package', package: '@acme/rules' }],
  ])('what exists rather than a package of that name, unless it says npm: %s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  test('an absolute path', () => {
    const base = temporaryFolder(FILES);
    const path = join(base, 'rules');
    expect(parseRuleSource(path, { base: '/' })).toEqual({
      ok: true,
      source: { kind: 'folder', name: path, path },
    });
  });

  test.each([
    ['https://rules.example/team.tar.gz', 'https://rules.example/team.tar.gz', null],
    [`https://rules.example/team.tar.gz#sha256=${DIGEST}`, 'https://rules.example/team.tar.gz', DIGEST],
    [`https://rules.example/t#sha256=${DIGEST.toUpperCase()}`, 'https://rules.example/t', DIGEST],
    [`HTTPS://Rules.Example:443/t#sha256=${DIGEST}`, 'https://rules.example/t', DIGEST],
    [`https://rules.example:8443/a%20b#sha256=${DIGEST}`, 'https://rules.example:8443/a%20b', DIGEST],
    ['https://[::1]:8443/', 'https://[::1]:8443/', null],
  ])('the address %s', (text, url, sha256) => {
    expect(parse(text)).toEqual({ kind: 'url', name: url, url, sha256 });
  });

  test('an address whose query nobody is told', () => {
    expect(parse(`https://rules.example/t.tgz?sig=canary#sha256=${DIGEST}`)).toEqual({
      kind: 'url',
      name: 'https://rules.example/t.tgz?…',
      url: 'https://rules.example/t.tgz?sig=canary',
      sha256: DIGEST,
    });
  });
});

describe('an object names', () => {
  test.each<[WrittenSource, object]>([
    [{ folder: 'rules' }, { kind: 'folder', name: 'rules', path: join('~', 'rules') }],
    [{ bundle: 'team.tgz' }, { kind: 'bundle', name: 'team.tgz', path: join('~', 'team.tgz'), sha256: null }],
    [
      { bundle: 'bundle.bin', sha256: `sha256:${DIGEST}` },
      { kind: 'bundle', name: 'bundle.bin', path: join('~', 'bundle.bin'), sha256: DIGEST },
    ],
    [{ package: 'acme' }, { kind: 'package', name: 'acme', package: 'acme', from: '~' }],
    [
      { url: 'https://rules.example/t', sha256: DIGEST },
      { kind: 'url', name: 'https://rules.example/t', url: 'https://rules.example/t', sha256: DIGEST },
    ],
    [
      { url: `https://rules.example/t#sha256=${DIGEST}`, sha256: DIGEST },
      { kind: 'url', sha256: DIGEST },
    ],
    [{ url: 'https://rules.example/t' }, { kind: 'url', sha256: null }],
  ])('%j', (written, expected) => {
    expect(parse(written)).toMatchObject(expected);
  });
});

describe('refused is', () => {
  const NOT_CONTROLLED = 'The name of a source has a control character in it.';
  test.each<[WrittenSource, string, string | undefined]>([
    ['', 'source-empty', undefined],
    ['  ', 'source-empty', undefined],
    ['rules\0', 'source-invalid', NOT_CONTROLLED],
    ['rules\n', 'source-invalid', NOT_CONTROLLED],
    ['x'.repeat(4097), 'source-invalid', 'The name of a source has more than 4096 characters.'],
    ['./rulse', 'source-not-found', '"./rulse" does not exist.'],
    ['teams/rules', 'source-not-found', '"teams/rules" does not exist.'],
    ['team2.tar.gz', 'source-not-found', '"team2.tar.gz" does not exist.'],
    ['broken/rules', 'source-not-found', '"broken/rules" does not exist.'],
    ['naming.rego/x', 'source-not-found', '"naming.rego/x" does not exist.'],
    ['_rules', 'source-not-found', '"_rules" is neither a path that exists nor the name of an npm package.'],
    [
      'node_modules',
      'source-not-found',
      '"node_modules" is neither a path that exists nor the name of an npm package.',
    ],
    [
      '@acme/a/b',
      'source-not-found',
      '"@acme/a/b" is neither a path that exists nor the name of an npm package.',
    ],
    [
      'npm:../rules',
      'source-not-found',
      '"npm:../rules" is neither a path that exists nor the name of an npm package.',
    ],
    ['npm:', 'source-not-found', '"npm:" is neither a path that exists nor the name of an npm package.'],
    ['circle', 'source-unreadable', '"circle" cannot be read: its path is a circle of links (ELOOP).'],
    ['naming.rego', 'source-unsupported-file', undefined],
    ['/dev/null', 'source-not-found', '"/dev/null" is not a file (device).'],
    [{ folder: 'team.tgz' }, 'source-not-found', '"team.tgz" is not a folder.'],
    [{ folder: 'acme-rules' }, 'source-not-found', '"acme-rules" does not exist.'],
    [{ bundle: 'rules' }, 'source-not-found', '"rules" is not a file (folder).'],
    [{ bundle: '' }, 'source-empty', undefined],
    [{ bundle: 'team.tgz', sha256: 'a1' }, 'source-invalid-digest', undefined],
    [
      { package: './rules' },
      'source-not-found',
      '"./rules" is neither a path that exists nor the name of an npm package.',
    ],
    [{ package: 'a\0b' }, 'source-invalid', NOT_CONTROLLED],
  ])('%j', (written, code, message) => {
    expect(parse(written)).toEqual({
      ok: false,
      fault: message === undefined ? { code } : { code, message },
    });
  });

  test('a name longer than packages have', () => {
    expect(parse('x'.repeat(214))).toMatchObject({ kind: 'package' });
    expect(parse('x'.repeat(215))).toMatchObject({ ok: false, fault: { code: 'source-not-found' } });
  });

  test('a name too long to be shown whole', () => {
    expect(parse(`./${'x'.repeat(100)}`)).toEqual({
      ok: false,
      fault: { code: 'source-not-found', message: `"./${'x'.repeat(58)}…" does not exist.` },
    });
  });

  const http = 'Rules are not fetched over http: anybody on the way could change them.';
  const fragment = 'What stands behind # in the address is not sha256= and 64 hexadecimal digits.';
  test.each<[WrittenSource, object]>([
    ['http://rules.example/t', { code: 'source-unsupported-scheme', message: http }],
    [{ url: 'http://rules.example/t' }, { code: 'source-unsupported-scheme', message: http }],
    ['ftp://rules.example/t', { code: 'source-unsupported-scheme' }],
    ['file:///rules', { code: 'source-unsupported-scheme' }],
    ['git+ssh://git@rules.example/t.git', { code: 'source-unsupported-scheme' }],
    ['github:larkspur/rules', { code: 'source-unsupported-scheme' }],
    ['file:./team2.tar.gz', { code: 'source-unsupported-scheme' }],
    [{ url: 'rules.example/t' }, { code: 'source-unsupported-scheme' }],
    ['https://', { code: 'source-invalid-address' }],
    ['https:rules.example/t', { code: 'source-invalid-address' }],
    ['https:///rules.example/t', { code: 'source-invalid-address' }],
    ['https://rules.example:x/t', { code: 'source-invalid-address' }],
    ['https://rules example/t', { code: 'source-invalid-address' }],
    ['https://rules.example/t#', { code: 'source-invalid-digest', message: fragment }],
    ['https://rules.example/t#sha256=', { code: 'source-invalid-digest', message: fragment }],
    [`https://rules.example/t#${DIGEST}`, { code: 'source-invalid-digest', message: fragment }],
    [`https://rules.example/t#sha1=${DIGEST}`, { code: 'source-invalid-digest', message: fragment }],
    [`https://rules.example/t#sha256=${DIGEST}0`, { code: 'source-invalid-digest', message: fragment }],
    [
      `https://rules.example/t#sha256=${DIGEST.slice(1)}g`,
      { code: 'source-invalid-digest', message: fragment },
    ],
    [
      `https://rules.example/t#sha256=${DIGEST}#sha256=${DIGEST}`,
      { code: 'source-invalid-digest', message: fragment },
    ],
    [
      { url: `https://rules.example/t#sha256=${DIGEST}`, sha256: 'b2'.repeat(32) },
      { code: 'source-invalid-digest', message: 'The source has two different digests.', hint: 'Keep one.' },
    ],
    [{ url: 'https://rules.example/t', sha256: '' }, { code: 'source-invalid-digest' }],
  ])('%j', (written, fault) => {
    expect(parse(written)).toEqual({ ok: false, fault });
  });

  test.each([
    'https://canary:canary@rules.example/t',
    'https://canary@rules.example/t',
    'https://:canary@rules.example/t',
    `https://canary:canary@rules.example/t#sha256=${DIGEST}`,
  ])('a name or password in an address, which is not repeated', (text) => {
    expect(parse(text)).toEqual({ ok: false, fault: { code: 'source-credentials-in-address' } });
  });

  test.each([
    'https://u:canary@rules example/t',
    'https://rules.example:canary/t?canary',
    'https://rules.example/t?canary#canary',
    'http://u:canary@rules.example/t?canary',
    'u:canary@rules.example/t',
    'git+https://canary@rules.example/t',
    'canary@rules.example/rules',
    './rules?canary',
    './rules#canary',
    'npm:a://canary',
  ])('%s, without what may be a secret', (text) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false });
    expect(JSON.stringify(parsed)).not.toContain('canary');
  });
});

test('every text is a source or a fault with a code and a hint', () => {
  const base = temporaryFolder({});
  const piece = fc.constantFrom(
    'https://',
    'http:',
    'npm:',
    '@',
    '/',
    '..',
    '#sha256=',
    DIGEST,
    'a.tgz',
    ':',
    '?',
    ' ',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(piece, fc.string())).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (name) => {
      const parsed = parseRuleSource(name, { base });
      if (!parsed.ok) expect(SOURCE_PROBLEMS[parsed.fault.code].hint).not.toBe('');
      else if (parsed.source.kind === 'package') expect(parsed.source.package).not.toMatch(/\.\.\/|\\|^[./]/);
      else if (parsed.source.kind === 'url') expect(new URL(parsed.source.url).protocol).toBe('https:');
    }),
  );
});

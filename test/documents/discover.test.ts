import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { discover, type DiscoverOptions } from '../../src/documents/discover.ts';
import { unmatchedProblem } from '../../src/documents/unmatched.ts';
import { addFifo, addFile, addLink, folderWith } from './folder.ts';

const denied = vi.hoisted(() => ({ folder: '' }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const readdirSync = (path: string, options: { withFileTypes: true }) => {
    if (path === denied.folder) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    return fs.readdirSync(path, options);
  };
  return { ...fs, readdirSync };
});

type Found = {
  readonly files: readonly string[];
  readonly excluded?: { readonly [by: string]: number };
  readonly problems?: readonly string[];
  readonly unmatched?: readonly string[];
};

/** What is found, without what is empty; explicit files carry an exclamation mark. */
async function found(
  cwd: string,
  paths: readonly string[] = [],
  options: Partial<DiscoverOptions> = {},
): Promise<Found> {
  const result = await discover({ cwd, root: cwd, paths, exclude: [], respectGitignore: true, ...options });
  const excluded = Object.fromEntries(result.excluded.map(({ by, files }) => [by, files]));
  const problems = result.problems
    .map(({ code, uri }) => (uri === null ? code : `${code} ${uri}`))
    .toSorted();
  return {
    files: result.files.map(({ uri, explicit }) => (explicit ? `${uri}!` : uri)),
    ...(result.excluded.length > 0 ? { excluded } : {}),
    ...(problems.length > 0 ? { problems } : {}),
    ...(result.unmatched.length > 0 ? { unmatched: result.unmatched } : {}),
  };
}

describe('arguments', () => {
  const cwd = folderWith({
    'a.yaml': '',
    'b.yml': '',
    'c.JSON': '',
    'readme.md': '',
    'agents/x.yaml': '',
    'agents/deep/er/y.json': '',
    'agents/notes.txt': '',
    '.hidden/h.yaml': '',
    'node_modules/m/n.json': '',
    'agents/node_modules/o.json': '',
    '.git/g.yaml': '',
    'we[i]rd.yaml': '',
  });

  test('nothing means the working directory: every .json, .yaml and .yml, but nothing hidden or vendored', async () => {
    const files = ['a.yaml', 'agents/deep/er/y.json', 'agents/x.yaml', 'b.yml', 'c.JSON', 'we[i]rd.yaml'];
    expect(await found(cwd)).toEqual({ files });
    expect(await found(cwd, ['.'])).toEqual({ files });
    expect(await found(cwd, [cwd])).toEqual({ files });
    expect(await found(cwd, ['agents', './', 'agents/../agents'])).toEqual({ files });
  });

  test('a folder means what is in it', async () => {
    expect(await found(cwd, ['agents'])).toEqual({ files: ['agents/deep/er/y.json', 'agents/x.yaml'] });
    expect(await found(cwd, ['agents/'])).toEqual({ files: ['agents/deep/er/y.json', 'agents/x.yaml'] });
    expect(await found(cwd, ['.hidden'])).toEqual({ files: ['.hidden/h.yaml'] });
    expect(await found(cwd, ['node_modules'])).toEqual({ files: ['node_modules/m/n.json'] });
  });

  test('a file is taken whatever its name, and once', async () => {
    expect(await found(cwd, ['readme.md'])).toEqual({ files: ['readme.md!'] });
    expect(await found(cwd, ['.', 'a.yaml', './a.yaml', join(cwd, 'a.yaml')])).toMatchObject({
      files: expect.arrayContaining(['a.yaml!']) as unknown,
    });
    expect(await found(cwd, ['agents/x.yaml', 'agents'])).toEqual({
      files: ['agents/deep/er/y.json', 'agents/x.yaml!'],
    });
  });

  test('a pattern means what matches it and may be a manifest', async () => {
    expect(await found(cwd, ['agents/**/*.json'])).toEqual({ files: ['agents/deep/er/y.json'] });
    expect(await found(cwd, ['agents/*'])).toEqual({ files: ['agents/x.yaml'] });
    expect(await found(cwd, ['*.{yaml,yml}'])).toEqual({ files: ['a.yaml', 'b.yml', 'we[i]rd.yaml'] });
    expect(await found(join(cwd, 'agents'), ['../*.yml', '../agents/x.*'])).toEqual({
      files: ['../b.yml', 'x.yaml'],
    });
    expect(await found(cwd, [`${cwd}/agents/*.yaml`])).toEqual({ files: ['agents/x.yaml'] });
    expect(await found(cwd, ['**/.hidden/*.yaml'])).toEqual({ files: ['.hidden/h.yaml'] });
  });

  test('a name that is there is no pattern', async () => {
    expect(await found(cwd, ['we[i]rd.yaml'])).toEqual({ files: ['we[i]rd.yaml!'] });
  });

  test('paths outside the working directory are named from there', async () => {
    expect(await found(join(cwd, 'agents', 'deep'), ['..', '../../a.yaml'])).toEqual({
      files: ['../../a.yaml!', '../x.yaml', 'er/y.json'],
    });
  });

  test('F17 arguments that mean nothing are told', async () => {
    const nothing = [
      'no/such/*.yaml',
      'nope.yaml',
      'agents/*.md',
      'a.yaml/x',
      `${'x'.repeat(5000)}.yaml`,
      'x\0.yaml',
    ];
    expect(await found(cwd, nothing)).toEqual({ files: [], unmatched: nothing });
    expect(await found(folderWith({}))).toEqual({ files: [] });
    const empty = folderWith({ 'sub/readme.md': '' });
    expect(await found(empty, ['sub'])).toEqual({ files: [], unmatched: ['sub'] });
  });

  test('F17 what is wrong with such an argument is said', () => {
    const arguments_ = ['agents/deep', 'nope.yaml', 'agents/*.md', '.', 'x'.repeat(5000), 'x\0'];
    expect(
      arguments_
        .map((argument) => unmatchedProblem(cwd, argument))
        .map(({ code, uri }) => [code, uri?.length]),
    ).toEqual([
      ['empty-folder', 11],
      ['no-such-file', 9],
      ['no-match', undefined],
      ['empty-folder', 1],
      ['no-such-file', 5000],
      ['no-such-file', 2],
    ]);
  });

  test('a working directory that is not there is an error', async () => {
    await expect(found(join(cwd, 'nope'))).rejects.toThrow('ENOENT');
  });

  test('absolute paths come with the names', async () => {
    const { files } = await discover({
      cwd,
      root: cwd,
      paths: ['a.yaml'],
      exclude: [],
      respectGitignore: true,
    });
    expect(files).toEqual([{ uri: 'a.yaml', path: join(cwd, 'a.yaml'), explicit: true }]);
  });
});

describe('include and exclude', () => {
  const cwd = folderWith({
    'agents/a.yaml': '',
    'agents/b.json': '',
    'agents/testdata/c.yaml': '',
    'agents/testdata/deep/d.yaml': '',
    'other/e.yaml': '',
    '.agents/f.yaml': '',
    'agents/g.agent': '',
  });

  test('include names what is taken from folders', async () => {
    const include = ['agents/**/*.yaml', '**/*.agent'];
    expect(await found(cwd, [], { include })).toEqual({
      files: ['agents/a.yaml', 'agents/g.agent', 'agents/testdata/c.yaml', 'agents/testdata/deep/d.yaml'],
    });
    expect(await found(cwd, ['other'], { include })).toEqual({ files: [], unmatched: ['other'] });
    expect(await found(cwd, ['other/e.yaml', 'other/*.yaml'], { include })).toEqual({
      files: ['other/e.yaml!'],
    });
    expect(await found(cwd, [], { include: ['.agents/**'] })).toEqual({ files: ['.agents/f.yaml'] });
  });

  test('patterns are relative to their root, not to the working directory', async () => {
    const inner = join(cwd, 'agents');
    expect(await found(inner, [], { root: cwd, include: ['agents/*.yaml'] })).toEqual({ files: ['a.yaml'] });
    expect(await found(cwd, [], { root: inner, exclude: ['*.json', 'testdata'], include: [] })).toEqual({
      files: ['agents/a.yaml', 'other/e.yaml'],
      excluded: { '*.json': 1, testdata: 2 },
    });
  });

  test('F18 what is excluded is counted by the pattern that did it, and named files are taken all the same', async () => {
    expect(await found(cwd, [], { exclude: ['**/testdata/**', '**/*.yaml'] })).toEqual({
      files: ['agents/b.json'],
      excluded: { '**/*.yaml': 2, '**/testdata/**': 2 },
    });
    expect(await found(cwd, ['agents/a.yaml', 'agents/*'], { exclude: ['**'] })).toEqual({
      files: ['agents/a.yaml!'],
      excluded: { '**': 2 },
    });
  });
});

describe('gitignore', () => {
  const cwd = folderWith({
    '.git/HEAD': '',
    '.gitignore': 'dist/\n/agents/*.json\n!agents/keep.json\n# a comment\n*.tmp.yaml\n',
    'a.yaml': '',
    'b.tmp.yaml': '',
    'dist/c.yaml': '',
    'dist/deep/d.yaml': '',
    'agents/e.json': '',
    'agents/keep.json': '',
    'agents/.gitignore': '!f.tmp.yaml\nlocal.yaml\n',
    'agents/f.tmp.yaml': '',
    'agents/local.yaml': '',
    'agents/deep/local.yaml': '',
    'agents/deep/g.json': '',
  });

  test('F18 nested files hold from the root of the repository, and what they hide is counted', async () => {
    expect(await found(cwd)).toEqual({
      files: ['a.yaml', 'agents/deep/g.json', 'agents/f.tmp.yaml', 'agents/keep.json'],
      excluded: { '.gitignore': 4, 'agents/.gitignore': 2 },
    });
    expect(await found(join(cwd, 'agents', 'deep'))).toEqual({
      files: ['g.json'],
      excluded: { '../.gitignore': 1 },
    });
  });

  test('what is named in a folder that is ignored stays ignored, a named file is taken', async () => {
    expect(await found(cwd, ['dist'])).toEqual({ files: [], excluded: { '.gitignore': 2 } });
    expect(await found(cwd, ['dist/deep/*.yaml'])).toEqual({ files: [], excluded: { '.gitignore': 1 } });
    expect(await found(cwd, ['dist/c.yaml', 'agents/local.yaml'])).toEqual({
      files: ['agents/local.yaml!', 'dist/c.yaml!'],
    });
  });

  test('it can be switched off', async () => {
    const { files } = await found(cwd, [], { respectGitignore: false });
    expect(files).toHaveLength(10);
  });

  test('a .gitignore that is a FIFO or a link ignores nothing and stops nothing', async () => {
    const odd = folderWith({ 'a.yaml': '', 'sub/b.yaml': '', rules: '*' });
    addFifo(odd, '.gitignore');
    addLink(odd, 'sub/.gitignore', '../rules');
    expect(await found(odd)).toEqual({ files: ['a.yaml', 'sub/b.yaml'] });
  });
});

describe('what is not a plain file', () => {
  test('F01 F07 FIFOs are told, folders with the name of a file are looked through', async () => {
    const cwd = folderWith({ 'x.yaml/a.yaml': '', 'b.yaml': '' });
    addFifo(cwd, 'fifo.yaml');
    addFifo(cwd, 'fifo.txt');
    expect(await found(cwd)).toEqual({
      files: ['b.yaml', 'x.yaml/a.yaml'],
      problems: ['not-a-regular-file fifo.yaml'],
    });
    expect(await found(cwd, ['fifo.txt'])).toEqual({ files: [], problems: ['not-a-regular-file fifo.txt'] });
    expect(await found(cwd, ['fifo.yaml', '/dev/zero'])).toMatchObject({
      files: [],
      problems: [expect.anything(), expect.anything()],
    });
  });

  test('F02 F03 links out of the workspace are told and not followed', async () => {
    const outside = folderWith({ 'secret.yaml': 'a: 1', 'folder/x.yaml': 'a: 1' });
    const cwd = folderWith({ '.git/config': '', 'repo/a.yaml': '' });
    addLink(cwd, 'repo/zero.yaml', '/dev/zero');
    addLink(cwd, 'repo/passwd.yaml', '/etc/passwd');
    addLink(cwd, 'repo/secret.yaml', join(outside, 'secret.yaml'));
    addLink(cwd, 'repo/folder', join(outside, 'folder'));
    addLink(cwd, 'repo/readme.md', join(outside, 'secret.yaml'));
    const problems = ['folder', 'passwd.yaml', 'secret.yaml', 'zero.yaml'].map(
      (name) => `link-leaves-workspace ${name}`,
    );
    expect(await found(join(cwd, 'repo'))).toEqual({ files: ['a.yaml'], problems });
    expect(await found(join(cwd, 'repo'), ['passwd.yaml', 'folder/x.yaml', 'folder/*.yaml'])).toEqual({
      files: [],
      problems: [
        'link-leaves-workspace folder',
        'link-leaves-workspace folder/x.yaml',
        'link-leaves-workspace passwd.yaml',
      ],
    });
  });

  test('F03 links inside the repository are followed, and a file that is found anyway keeps its own name', async () => {
    const cwd = folderWith({ '.git/config': '', 'a/x.yaml': '', 'b/shared/y.yaml': '', 'b/z.yaml': '' });
    addLink(cwd, 'a/y.yaml', '../b/shared/y.yaml');
    addLink(cwd, 'a/shared', '../b/shared');
    addLink(cwd, 'a/again.yaml', 'x.yaml');
    addLink(cwd, 'a/z', '../b/z.yaml');
    expect(await found(join(cwd, 'a'))).toEqual({ files: ['shared/y.yaml', 'x.yaml'] });
    expect(await found(join(cwd, 'a'), ['*.yaml'])).toEqual({ files: ['x.yaml', 'y.yaml'] });
    expect(await found(cwd)).toEqual({ files: ['a/x.yaml', 'b/shared/y.yaml', 'b/z.yaml'] });
    const { files } = await discover({
      cwd,
      root: cwd,
      paths: ['a/y.yaml'],
      exclude: [],
      respectGitignore: true,
    });
    expect(files).toEqual([{ uri: 'a/y.yaml', path: join(cwd, 'b/shared/y.yaml'), explicit: true }]);
  });

  test('a linked folder is looked through under its own name, once', async () => {
    const cwd = folderWith({
      '.git/config': '',
      'a/x.yaml': '',
      'b/y.yaml': '',
      'b/.gitignore': 'no.yaml',
      'b/no.yaml': '',
    });
    addLink(cwd, 'a/one', '../b');
    addLink(cwd, 'a/two', '../b');
    expect(await found(join(cwd, 'a'))).toEqual({
      files: ['one/y.yaml', 'x.yaml'],
      excluded: { 'one/.gitignore': 1 },
    });
  });

  test('F04 links that lead back to themselves are told once, and the walk ends', async () => {
    const cwd = folderWith({ 'd/x.yaml': '' });
    addLink(cwd, 'a', 'b');
    addLink(cwd, 'b', 'a');
    addLink(cwd, 'd/d', '.');
    addLink(cwd, 'd/up', '..');
    addLink(cwd, 'gone.yaml', 'nothing.yaml');
    addLink(cwd, 'gone', 'nothing');
    expect(await found(cwd)).toEqual({
      files: ['d/x.yaml'],
      problems: ['link-broken gone.yaml', 'link-loop a', 'link-loop b'],
    });
    expect(await found(cwd, ['a', 'gone'])).toEqual({
      files: [],
      problems: ['link-broken gone', 'link-loop a'],
    });
  });

  test('F06 a folder that cannot be listed is told, the others are looked through', async () => {
    const cwd = folderWith({ 'a/x.yaml': '', 'b/y.yaml': '' });
    denied.folder = join(cwd, 'a');
    expect(await found(cwd)).toEqual({ files: ['b/y.yaml'], problems: ['folder-unreadable a'] });
    denied.folder = cwd;
    expect(await found(cwd)).toEqual({ files: [], problems: ['folder-unreadable .'] });
    denied.folder = '';
  });
});

describe('names', () => {
  test('F09 names that are not UTF-8 are told, never lost', async () => {
    const cwd = folderWith({ 'good.yaml': '', 'g\uFFFDod.yaml': '' });
    const add = (bytes: number[], name: string) => {
      writeFileSync(
        Buffer.concat([Buffer.from(`${cwd}/bad`), Buffer.from(bytes), Buffer.from(name)]),
        'a: 1',
      );
    };
    add([0xff], 'name.yaml');
    add([0xfe], 'name.yaml');
    add([0xc0], 'name.txt');
    mkdirSync(Buffer.concat([Buffer.from(`${cwd}/dir`), Buffer.from([0xff])]));
    expect(await found(cwd)).toEqual({
      files: ['good.yaml', 'g\uFFFDod.yaml'],
      problems: [
        String.raw`file-name-not-utf8 bad\xfename.yaml`,
        String.raw`file-name-not-utf8 bad\xffname.yaml`,
        String.raw`file-name-not-utf8 dir\xff`,
      ],
    });
  });

  test('F10 names with control characters and separators are files like any other', async () => {
    const names = [
      '\u001b]0;x\u0007.yaml',
      ' .yaml',
      '%0A,;].yaml',
      'a,line=9.yaml',
      'new\nline::error file=x::boo.yaml',
    ];
    const cwd = folderWith(Object.fromEntries(names.map((name) => [name, ''])));
    expect(await found(cwd)).toEqual({ files: names });
  });

  test('F16 names that differ by case or by Unicode form are different files', async () => {
    const names = ['Agent.yaml', 'agent.yaml', 'cafe\u0301.yaml', 'caf\u00e9.yaml'];
    expect(await found(folderWith(Object.fromEntries(names.map((name) => [name, '']))))).toEqual({
      files: names,
    });
  });

  test('files come in code-point order, not in UTF-16 order', async () => {
    const names = ['B.yaml', 'a.yaml', 'a/b.yaml', 'a1.yaml', '\uff5e.yaml', '😀.yaml'];
    expect(await found(folderWith(Object.fromEntries(names.map((name) => [name, '']))))).toEqual({
      files: names,
    });
  });
});

describe('limits', () => {
  test('F13 too many files are told, and none of them is taken', async () => {
    const cwd = folderWith(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`d${i % 3}/${i}.yaml`, ''])),
    );
    expect(await found(cwd, [], { limits: { files: 29 } })).toEqual({
      files: [],
      problems: ['too-many-files'],
    });
    expect((await found(cwd, [], { limits: { files: 30 } })).files).toHaveLength(30);
  });

  test('F13 folders that are nested too deeply are told', async () => {
    const cwd = folderWith({ 'a.yaml': '' });
    addFile(cwd, `${'d/'.repeat(64)}in.yaml`, '');
    addFile(cwd, `${'d/'.repeat(65)}out.yaml`, '');
    expect(await found(cwd)).toEqual({
      files: ['a.yaml', `${'d/'.repeat(64)}in.yaml`],
      problems: [`folder-too-deep ${'d/'.repeat(64)}d`],
    });
  });

  test('F13 a folder of a thousand files is found quickly', async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}.yaml`, ''])));
    const start = performance.now();
    expect((await found(cwd)).files).toHaveLength(1000);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('F13 F14 patterns that cannot be used are told with the pattern', async () => {
    const cwd = folderWith({ 'a.yaml': '' });
    const long = `*${'x'.repeat(600)}`;
    const { problems } = await discover({
      cwd,
      root: cwd,
      paths: ['+(a|aa)*.yaml', '{a,b}'.repeat(30), long, '!*.yaml'],
      include: ['../*.yaml'],
      exclude: ['[a'],
      respectGitignore: true,
    });
    expect(problems.map(({ code, uri, message, hint }) => [code, uri, `${message} ${hint ?? ''}`])).toEqual([
      [
        'invalid-glob',
        null,
        'The pattern "../*.yaml" leaves the folder that it is relative to. Remove the "..".',
      ],
      ['invalid-glob', null, 'The pattern "[a" has a [ without its ]. Write [[] for the character itself.'],
      [
        'invalid-glob',
        null,
        'The pattern "+(a|aa)*.yaml" has an extended pattern such as !(a|b). Write {a,b} for alternatives.',
      ],
      [
        'invalid-glob',
        null,
        `The pattern "${'{a,b}'.repeat(16)}…" stands for more than 100 patterns. Use fewer {…}.`,
      ],
      [
        'invalid-glob',
        null,
        `The pattern "*${'x'.repeat(79)}…" is longer than 512 characters. Use *, **, ?, [a-z] and {a,b} only; leave files out with "exclude" in the config.`,
      ],
      ['invalid-glob', null, 'The pattern "!*.yaml" is negated. List what is meant instead.'],
    ]);
  });

  test('F14 stars without number are matched in no time', async () => {
    const cwd = folderWith({ [`${'a'.repeat(200)}.yaml`]: '' });
    const start = performance.now();
    expect(
      await found(cwd, [`${'*a'.repeat(60)}*b.yaml`], { exclude: [`${'*a'.repeat(60)}*b.yaml`] }),
    ).toMatchObject({ files: [] });
    expect(performance.now() - start).toBeLessThan(500);
  });
});

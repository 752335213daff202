import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read, readJson, repositoryFiles, ROOT } from './files.ts';

type Package = {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
};
type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly devDependencies?: object;
  /** Of a package that is a folder of this repository. */
  readonly link?: boolean;
};

const COMPILER = '@agentid-lint/opa-compiler';

const manifest = readJson('package.json') as Package;
const lock = readJson('package-lock.json') as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};
const installed = Object.entries(lock.packages).filter(
  ([path, { link }]) => path.startsWith('node_modules/') && link !== true,
);

describe('package.json', () => {
  test('has no dependencies but those to build with, and the compiler of own rules', () => {
    for (const kind of ['dependencies', 'peerDependencies', 'bundledDependencies']) {
      expect(manifest[kind], kind).toBeUndefined();
    }
    expect(manifest['optionalDependencies']).toEqual({ [COMPILER]: manifest.version });
    expect((readJson('packages/opa-compiler/package.json') as Package).version).toBe(manifest.version);
  });

  test.each(Object.entries(manifest.devDependencies))('pins %s to one version: %s', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('has no install scripts that run at its users', () => {
    const scripts = Object.keys(manifest['scripts'] as object);
    expect(scripts.filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
  });

  test('names only files that are there or are built', () => {
    for (const entry of manifest.files) {
      const [place = ''] = entry.replace(/^!/, '').split('*');
      const folder = place.slice(0, place.lastIndexOf('/') + 1);
      expect(existsSync(join(ROOT, folder)), entry).toBe(true);
    }
  });
});

describe('package-lock.json', () => {
  test('is that of package.json', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(lock.packages['']?.version).toBe(manifest.version);
    expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
    const versions = Object.keys(manifest.devDependencies).map((name) => [
      name,
      lock.packages[`node_modules/${name}`]?.version,
    ]);
    expect(Object.fromEntries(versions)).toEqual(manifest.devDependencies);
  });

  test('takes packages from the public registry only, each with its digest', () => {
    expect(installed.length).toBeGreaterThan(0);
    const strange = installed.filter(
      ([, { resolved = 'https://registry.npmjs.org/', integrity = '' }]) =>
        !resolved.startsWith('https://registry.npmjs.org/') || !integrity.startsWith('sha512-'),
    );
    expect(strange.map(([path]) => path)).toEqual([]);
  });

  test('names no other place', () => {
    const hosts = [...read('package-lock.json').matchAll(/"resolved": "([^"]*:[^"]*)"/g)].map(
      ([, url = '']) => new URL(url).host,
    );
    expect([...new Set(hosts)].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });
});

describe('third-party notices', () => {
  /** The packages that a bundle is made of, by name. */
  const importedIn = (files: RegExp) =>
    repositoryFiles()
      .filter((file) => files.test(file))
      .flatMap((file) => [...read(file).matchAll(/(?:from|import) '([^.'][^']*)'|import\('([^.'][^']*)'\)/g)])
      .map(([, from, dynamic]) => from ?? dynamic ?? '')
      .filter((name) => !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      )
      .filter((name) => name !== COMPILER);
  const program = new Set(importedIn(/^src\/(?!action\/).*\.ts$/));
  const action = new Set(importedIn(/^src\/.*\.ts$/));

  test('the program imports only packages that are pinned', () => {
    expect(program.size).toBeGreaterThan(0);
    expect(action.size).toBeGreaterThan(program.size);
    for (const name of action) expect(Object.keys(manifest.devDependencies)).toContain(name);
  });

  test.each([
    ...[...program].map((name) => [name, 'dist'] as const),
    ...[...action].map((name) => [name, 'action'] as const),
  ])('name %s with its version and the text of its licence in %s', (name, folder) => {
    const notices = read(`${folder}/THIRD_PARTY_NOTICES.txt`);
    const version = manifest.devDependencies[name] ?? '';
    const start = notices.indexOf(`${name} ${version} (`);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(notices.slice(start, start + 2_000)).toMatch(/permission|license/i);
  });
});

import { describe, expect, test } from 'vitest';
import { excludedBy, manifestEntryFor, overridesFor } from '../../src/config/matching.ts';
import { at, config, override } from './fixtures.ts';

describe('files and the place of the config', () => {
  const sandbox = [override('agents/sandbox/**', {})];

  test('uris are relative to the working directory, patterns to the folder of the config above it', () => {
    const above = config({ root: '/repo', base: 'agents/sandbox', overrides: sandbox });
    expect(overridesFor(above, at('a.yaml'))).toEqual([0]);
    expect(overridesFor(above, at('./deep/a.yaml'))).toEqual([0]);
    expect(overridesFor(above, at('../a.yaml'))).toEqual([]);
    expect(overridesFor(above, at('../../agents/sandbox/a.yaml'))).toEqual([0]);
  });

  test('no pattern reaches a file outside of the folder of the config', () => {
    const everything = config({
      base: 'agents',
      exclude: ['**'],
      manifests: [{ files: ['**'], relationships: 'elsewhere' }],
    });
    for (const uri of ['../../other/a.yaml', '/etc/a.yaml', 'C:/a.yaml']) {
      expect(excludedBy(everything, uri)).toBeNull();
      expect(manifestEntryFor(everything, uri)).toBeNull();
      expect(overridesFor(everything, at(uri))).toEqual([]);
    }
    expect(excludedBy(everything, '../a.yaml')).toBe('**');
  });

  test('without a file no override applies', () => {
    expect(overridesFor(config({ overrides: [override('**', {})] }), at(null))).toEqual([]);
  });

  test('every override that names the file applies, in order', () => {
    const overrides = [override('**', {}), override('x/**', {}), override(['y/**', 'agents'], {})];
    expect(overridesFor(config({ overrides }), at('agents/a.yaml'))).toEqual([0, 2]);
  });
});

describe('exclude', () => {
  test('F18 the first pattern that leaves a file out is told', () => {
    const excluding = config({ exclude: ['vendor', '**/testdata/**', '**'] });
    expect(excludedBy(excluding, 'vendor/a.yaml')).toBe('vendor');
    expect(excludedBy(excluding, 'agents/testdata/a.yaml')).toBe('**/testdata/**');
    expect(excludedBy(excluding, 'agents/a.yaml')).toBe('**');
  });

  test('nothing is excluded by default', () => {
    expect(excludedBy(config(), 'node_modules/a.yaml')).toBeNull();
  });
});

describe('manifests', () => {
  const all = { files: ['**'], relationships: 'declared' } as const;
  const portal = {
    files: ['portal/*.json', 'export/**'],
    as: 'blueprint',
    relationships: 'elsewhere',
  } as const;

  test('the last entry that names the file counts, whole', () => {
    expect(manifestEntryFor(config({ manifests: [all, portal] }), 'export/deep/a.json')).toEqual(portal);
    expect(manifestEntryFor(config({ manifests: [portal, all] }), 'export/deep/a.json')).toEqual(all);
    expect(manifestEntryFor(config({ manifests: [portal] }), 'agents/a.json')).toBeNull();
  });

  test('flags win over every entry and hold for files without one', () => {
    const flagged = config({ manifests: [portal], flags: { as: 'agentIdentity' } });
    expect(manifestEntryFor(flagged, 'portal/a.json')).toEqual({ ...portal, as: 'agentIdentity' });
    expect(manifestEntryFor(flagged, 'a.json')).toEqual({
      files: [],
      as: 'agentIdentity',
      relationships: 'declared',
    });
    const elsewhere = config({ manifests: [all], flags: { relationships: 'elsewhere' } });
    expect(manifestEntryFor(elsewhere, 'a.json')).toEqual({ files: ['**'], relationships: 'elsewhere' });
  });
});

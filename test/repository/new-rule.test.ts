import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { placeholders } from '../../src/findings/message.ts';
import type { ExampleCase } from '../support/examples.ts';
import { readJson, ROOT } from './files.ts';

let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'agentid-lint-new-rule-'));
  mkdirSync(join(project, 'scripts', 'lib'), { recursive: true });
  for (const file of ['scripts/new-rule.mjs', 'scripts/lib/opa.mjs', 'scripts/lib/domains.mjs'])
    cpSync(join(ROOT, file), join(project, file));
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

function newRule(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, ['scripts/new-rule.mjs', ...args], { cwd: project, encoding: 'utf8' });
}

function written(file: string): string {
  return readFileSync(join(project, 'policies', file), 'utf8');
}

/** The METADATA of a package: YAML in comments. */
function metadataIn(rego: string): { readonly custom: { readonly message: string } } {
  const lines = rego
    .slice(rego.indexOf('# METADATA\n') + '# METADATA\n'.length, rego.indexOf('\npackage '))
    .split('\n');
  return parse(lines.map((line) => line.replace(/^# ?/, '')).join('\n')) as { custom: { message: string } };
}

describe('a new rule', () => {
  test('is a policy, its test and its examples, under the names that its id says', () => {
    const { status, stdout, stderr } = newRule('exposure/home-page-url');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('wrote policies/exposure/home_page_url.rego, ');
    expect(readdirSync(join(project, 'policies', 'exposure')).sort()).toEqual([
      'home_page_url.examples.yaml',
      'home_page_url.rego',
      'home_page_url_test.rego',
    ]);
    expect(written('exposure/home_page_url.rego')).toContain('\npackage agentid.exposure.home_page_url\n');
    expect(written('exposure/home_page_url_test.rego')).toMatch(
      /^package agentid\.exposure\.home_page_url_test\n/,
    );
  });

  test('has METADATA that fit their schema', () => {
    newRule('exposure/x');
    const metadata = metadataIn(written('exposure/x.rego'));
    const ajv = new Ajv2020({ allErrors: true, strict: true });
    ajv.validate(readJson('schemas/rule-metadata.schema.json') as object, metadata);
    expect(ajv.errors).toBeNull();
    expect(placeholders(metadata.custom.message)).toEqual(['notes']);
  });

  test('has examples as the rules have that are there', () => {
    newRule('lifecycle/no-end');
    const examples = parse(written('lifecycle/no_end.examples.yaml')) as readonly ExampleCase[];
    expect(examples.map((example) => example.expect)).toEqual(['fail', 'fail', 'pass', 'pass']);
    for (const example of examples) {
      expect(example.source).toMatch(/^kind: agentIdentityBlueprint\n/);
      if (example.expect === 'fail') {
        expect(example.findings).toHaveLength(1);
        expect(example.fixed).not.toBe(example.source);
      }
    }
  });

  test('does not overwrite another', () => {
    expect(newRule('exposure/x').status).toBe(0);
    const before = written('exposure/x.rego');
    expect(newRule('exposure/x')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'policies/exposure/x.rego exists already\n',
    });
    expect(written('exposure/x.rego')).toBe(before);
  });

  test.each([
    [[]],
    [['exposure']],
    [['exposure/X']],
    [['exposure/a_b']],
    [['../exposure/x']],
    [['lib/x']],
    [['bundle/x']],
  ])('is not started for %j', (args) => {
    const { status, stdout, stderr } = newRule(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^usage: npm run new-rule -- <domain>\/<rule-name>/);
    expect(existsSync(join(project, 'policies'))).toBe(false);
  });
});

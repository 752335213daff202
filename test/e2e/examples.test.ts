import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { NOW, ROOT, run, type RunOptions } from './cli.ts';

const GOLDEN = join(ROOT, 'test/e2e/golden');
const ARGS = ['--config', 'examples/agentid-lint.config.yaml', '--now', NOW];
const FORMATS = [
  ['pretty', 'examples.txt'],
  ['compact', 'examples-compact.txt'],
  ['json', 'examples.json'],
] as const;

/** The report on `examples/`, but for the version, digests and number of rules, which change with every release and every rule. */
async function report(
  format: string,
  paths: readonly string[] = ['examples'],
  options: RunOptions = {},
): Promise<string> {
  const { status, stdout, stderr } = await run(['lint', ...paths, ...ARGS, '--format', format], options);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  return stdout;
}

function withoutRelease(text: string): string {
  return text
    .replace(/"version": "[^"]+"/, '"version": "…"')
    .replace(/"(policyDigest|digest)": "[^"]+"/g, '"$1": "…"')
    .replace(/"rules": \d+/, '"rules": …');
}

describe('the examples', () => {
  test.each(FORMATS)('as %s say what %s holds; UPDATE_GOLDEN=1 rewrites it', async (format, file) => {
    const text = withoutRelease(await report(format));
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(GOLDEN, file), text);
    expect(text).toBe(readFileSync(join(GOLDEN, file), 'utf8'));
  });

  test('as JSON fit the published schema', async () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/report.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
    validate(JSON.parse(await report('json')));
    expect(validate.errors).toBeNull();
  });

  test('account for every file, resource and rule', async () => {
    const { ledger, outcomes } = JSON.parse(await report('json')) as {
      readonly ledger: {
        readonly inputs: {
          readonly read: number;
          readonly failed: number;
          readonly unmarked: readonly string[];
        };
        readonly resources: { readonly total: number; readonly judged: number };
        readonly evaluations: { readonly [name: string]: number };
      };
      readonly outcomes: readonly unknown[];
    };
    const { pairs, ...parts } = ledger.evaluations;
    expect(ledger.inputs).toMatchObject({ failed: 0, unmarked: [] });
    expect(ledger.resources.judged).toBe(ledger.resources.total);
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(pairs);
    expect(pairs).toBe(ledger.resources.total * outcomes.length);
  });
});

describe('S17 the same input gives the same bytes', () => {
  test('twice', async () => {
    const [first, second] = await Promise.all([report('json'), report('json')]);
    expect(second).toBe(first);
  });

  test('in whatever order the files are named', async () => {
    const files = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:json|yaml)$/.test(name) && !name.includes('lint.config'))
      .map((name) => `examples/${name}`)
      .sort();
    const orders = [files, files.toReversed(), rotated(files, 5), [...rotated(files, 3), ...files]];
    const reports = await Promise.all(orders.map((order) => report('json', order)));
    expect(new Set(reports).size).toBe(1);
  });

  test('S16 in every time zone, language and width', async () => {
    const environments = [
      {},
      { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', COLUMNS: '20' },
      {
        TZ: 'America/St_Johns',
        LANG: 'de_DE.UTF-8',
        LANGUAGE: 'de',
        TERM: 'dumb',
        CI: 'true',
      },
      { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'POSIX', NO_COLOR: '1' },
    ];
    for (const format of ['pretty', 'json']) {
      const reports = await Promise.all(environments.map((env) => report(format, ['examples'], { env })));
      expect(new Set(reports).size).toBe(1);
    }
  });
});

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  return [...list.slice(by), ...list.slice(0, by)];
}

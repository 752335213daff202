import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { csv } from '../../src/reporters/csv.ts';
import { csvRow } from '../../src/reporters/csv/cell.ts';
import { visible } from '../../src/reporters/escape.ts';
import { arbitraryReport } from '../results/arbitrary-report.ts';
import { aManifest, CASES, holdsToGoldenFiles } from './cases.ts';
import { HOSTILE } from './hostile.ts';
import { aFailingReport, aFinding, aLocation, aReport, NO_SPONSOR } from './report-builder.ts';
import { incompleteTenant } from './tenant-reports.ts';

/** Signs that begin a formula, as spreadsheets of several languages read them. */
const SIGNS = [
  '=',
  '+',
  '-',
  '@',
  '\uff1d',
  '\uff0b',
  '\uff0d',
  '\uff20',
  '\ufe66',
  '\ufe62',
  '\ufe63',
  '\ufe6b',
];

describe('the whole report', () => {
  holdsToGoldenFiles('csv', 'csv', csv);
});

describe('a table without findings does not pass for a clean one', () => {
  test('the verdict is the first row, also of a clean run', () => {
    expect(rowsOf(aReport())).toEqual([
      { type: 'verdict', message: 'passed: no findings at or above "high" (exit 0)' },
    ]);
  });

  test('rules that lack facts have a row each, those that were turned off or are for nothing here none', () => {
    expect(rowsOf(incompleteTenant())).toEqual([
      {
        type: 'verdict',
        message: 'incomplete: 2 rules could not be judged for lack of facts (exit 4)',
      },
      {
        type: 'rule-not-judged',
        rule: NO_SPONSOR.id,
        severity: 'high',
        message: 'not judged: facts are missing (owners)',
        ruleUrl: NO_SPONSOR.url,
      },
      {
        type: 'rule-not-judged',
        rule: 'metadata/naming',
        message: 'not judged for some resources: facts are missing (agentUsers)',
      },
      {
        type: 'rule-not-judged',
        rule: 'protection/risky-agent',
        message: 'not judged: facts were not asked for (riskyAgents)',
      },
    ]);
  });

  test('rules that broke, and files that could not be read', () => {
    const rows = rowsOf(report('incomplete'));
    expect(rows.map(({ type }) => type)).toEqual([
      'verdict',
      'problem',
      'rule-not-judged',
      'finding',
      'finding',
    ]);
    expect(rows[1]).toMatchObject({ uri: 'agents/broken.agent.yaml', line: '9', column: '1' });
    expect(rows[2]).toMatchObject({ message: 'failed: the policy engine stopped' });
  });

  test('what a change leaves out', () => {
    const change = { since: 'main', files: 2, leftOut: 7 };
    expect(rowsOf(aReport({ change }))[0]?.['message']).toBe(
      'passed: no findings at or above "high" (exit 0); only what changed since main: 7 findings elsewhere left out',
    );
  });
});

test('a resource in two files is that of the file which the finding is in', () => {
  const at = (uri: string, id: string) => aManifest({ id, location: { kind: 'file', uri, pointer: '' } });
  const rows = rowsOf(
    aFailingReport({
      resources: [at('a.yaml', 'id-a'), at('b.yaml', 'id-b')],
      findings: ['a.yaml', 'b.yaml'].map((uri) => aFinding({ location: aLocation({ uri }) })),
    }),
  );
  expect(rows.slice(1).map(({ id }) => id)).toEqual(['id-a', 'id-b']);
});

describe('O12 no cell starts a formula', () => {
  const starts = ['', ' ', '\t', '\r', '\n', '\u00a0', '\u3000', '"', "'", '";', '; ', ';"', "x;\t'"];

  test.each(SIGNS)('%s', (sign) => {
    const attacks = starts.map((start) => `${start}${sign}cmd|' /C calc'!A0`);
    expect(attacks.flatMap((text) => formulasIn(csvRow([text])))).toEqual([]);
    expect(attacks.map((text) => fieldOf(csvRow([text])))).toEqual(attacks.map(visible));
  });

  test('in no text that a report can have', () => {
    fc.assert(
      fc.property(arbitraryReport(), (run) => {
        expect(formulasIn(csv(run, { color: false }))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('what is no formula stays as it is', () => {
    for (const text of ["'tis", 'a=b', '/sponsors', 'v1:0', 'a; b', '1-2', "''"])
      expect(csvRow([text])).toBe(`"${text}"\r\n`);
  });
});

test('every text comes back, as far as it can be seen', () => {
  const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), signs());
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.nat(), fc.constant(null)), { minLength: 2 }), (cells) => {
      const [fields = []] = parse(csvRow(cells), { relax_column_count: true });
      expect(fields.map(withoutGuard)).toEqual(
        cells.map((cell) => (cell === null ? '' : visible(String(cell)))),
      );
    }),
    { numRuns: 1000 },
  );
});

test('rows end with CRLF and have as many cells as the header', () => {
  const lines = csv(report('many'), { color: false }).split('\r\n');
  expect(lines).toHaveLength(1 + 1 + 24 + 1);
  expect(lines.at(-1)).toBe('');
  expect(lines.join('')).not.toMatch(/[\r\n]/);
});

function report(name: string): Report {
  const make = CASES[name];
  if (make === undefined) throw new Error(`there is no case ${name}`);
  return make();
}

/** The rows below the header, each without its empty cells. */
function rowsOf(of: Report): Record<string, string>[] {
  const rows = parse<Record<string, string>>(csv(of, { color: false }), { columns: true });
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')));
}

/**
 * The cells that a spreadsheet would compute: those of the table, and those of a reader that takes semicolons for
 * separators and quotes for text.
 */
function formulasIn(text: string): string[] {
  const table = parse(text, { relax_column_count: true }).flat();
  const otherwise = text.split(/;|\r\n/).map((cell) => cell.replace(/^[\s"]+/, ''));
  const begins = (cell: string) => SIGNS.includes(cell.trimStart().charAt(0)) || /^[\t\r\n]/.test(cell);
  return [...table, ...otherwise].filter(begins);
}

function fieldOf(text: string): string {
  return withoutGuard(parse(text)[0]?.[0] ?? '');
}

/** Takes away the apostrophes that were put before formulas. */
function withoutGuard(cell: string): string {
  return cell.replaceAll(new RegExp(`(^|;)'(?=[\\s'"]*[${SIGNS.join('').replace('-', '\\-')}])`, 'g'), '$1');
}

/** Texts of nothing but what matters here. */
function signs() {
  return fc.string({ unit: fc.constantFrom(...SIGNS, "'", '"', ';', ',', ' ', '\t', 'x') });
}

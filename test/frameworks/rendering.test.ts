import { expect, test } from 'vitest';
import type { Report, ReportedFramework } from '../../src/findings/report.ts';
import { html } from '../../src/reporters/html.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { HOSTILE } from '../reporters/hostile.ts';
import { aReport } from '../reporters/report-builder.ts';

const QUIET = { color: false };

const FRAMEWORK = frameworkWith((text) => text);

/** Every text of it that may be somebody's. */
function frameworkWith(change: (text: string) => string): ReportedFramework {
  const rule = {
    source: change('chapter 2'),
    ...{ evaluated: 9, passed: 7, failed: 2, skipped: 1, suppressed: 3 },
    reason: change('1 resource not judged: facts are missing (sponsors)'),
  };
  return {
    id: change('acme'),
    title: change('Acme baseline'),
    url: change('https://acme.example/baseline'),
    controls: [
      {
        id: change('1.1'),
        title: change('Somebody answers'),
        url: change('https://acme.example/baseline#1.1'),
        status: 'failed',
        rules: [
          { rule: change('accountability/blueprint-no-sponsor'), status: 'failed', ...rule },
          { rule: change('team/tag'), status: 'accepted', ...rule, failed: 0, passed: 9, reason: null },
        ],
      },
      { id: change('2'), title: change('人が答える'), url: null, status: 'notCovered', rules: [] },
    ],
  };
}

function partOf(text: string, from: string, to: string): readonly string[] {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith(from));
  return lines.slice(
    begin,
    lines.findIndex((line, place) => place > begin && line.startsWith(to)),
  );
}

test('on the screen a line for each control, above the summary', () => {
  expect(partOf(pretty(aReport({ framework: FRAMEWORK }), QUIET), 'Acme', '3 manifests')).toEqual([
    'Acme baseline (acme)',
    '  control  status       rules  passed  failed  skipped  title',
    '  1.1      failed           2       1       1        0  Somebody answers',
    '  2        not covered      0       0       0        0  人が答える',
    '  2 controls: 1 failed, 1 not covered. Evidence of configuration, as far as rules are about a control. It certifies nothing.',
    '',
  ]);
});

test('in Markdown a table of the controls, and one of the evidence', () => {
  const text = markdown(aReport({ framework: FRAMEWORK }), QUIET);
  expect(partOf(text, '### Controls', '### Run')).toEqual([
    '### Controls',
    '',
    '`Acme baseline`, 2 controls: 1 failed, 1 not covered. Evidence of configuration, as far as rules are about a control. It certifies nothing.',
    '',
    '| control | title | status | rules passed | failed | skipped | not evaluated |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| `1.1` | `Somebody answers` | failed | 1 | 1 | 0 | 0 |',
    '| `2` | `人が答える` | not covered | 0 | 0 | 0 | 0 |',
    '',
    '### Evidence by control',
    '',
    '| control | rule | status | judged | passed | failed | skipped | suppressed | not judged because | source |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '| `1.1` | [`accountability/blueprint-no-sponsor`](https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/accountability/blueprint-no-sponsor.md) | failed | 9 | 7 | 2 | 1 | 3 | `1 resource not judged: facts are missing (sponsors)` | `chapter 2` |',
    '| `1.1` | `team/tag` | accepted | 9 | 9 | 0 | 1 | 3 |  | `chapter 2` |',
    '',
  ]);
});

test('in HTML a section that the list of contents leads to, with the evidence of each control folded', () => {
  const page = html(aReport({ framework: FRAMEWORK }));
  expect(page).toContain('<li><a href="#controls">Controls <span class="n">2</span></a></li>');
  expect(page).toContain(
    '<b><a href="https://acme.example/baseline" rel="noreferrer noopener">Acme baseline</a></b>',
  );
  expect(page.match(/<details class="set control">/g)).toHaveLength(1);
  expect(page).toContain('<span class="outcome found">failed</span><br>1 resource not judged');
});

test('without a framework there is nothing of it', () => {
  const without = aReport();
  expect(pretty(without, QUIET)).not.toContain('control');
  expect(markdown(without, QUIET)).not.toContain('### Controls');
  expect(html(without)).not.toContain('id="controls"');
});

test('no text of a framework adds a line, a cell or an element, or is obeyed', () => {
  const reportWith = (text: string): Report => aReport({ framework: frameworkWith(() => text) });
  const usual = reportWith('x');
  const [lines, rows] = [pretty(usual, QUIET), markdown(usual, QUIET)].map((text) => text.split('\n').length);
  const tags = html(usual).match(/<[a-z]/g)?.length;
  for (const text of [
    ...HOSTILE,
    '<script>alert(1)</script>',
    '"><img src=x>',
    'javascript:alert(1)',
    '| a | b |\n# c',
  ]) {
    const report = reportWith(text);
    expect(pretty(report, QUIET).split('\n')).toHaveLength(lines ?? 0);
    expect(pretty(report, QUIET)).not.toMatch(/^\s*::|\u001b/m);
    expect(markdown(report, QUIET).split('\n')).toHaveLength(rows ?? 0);
    expect(html(report).match(/<[a-z]/g)).toHaveLength(tags ?? 0);
  }
});

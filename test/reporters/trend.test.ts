import { describe, expect, test } from 'vitest';
import { TREND_FORMATS, type TrendFormat } from '../../src/reporters/trend-formats.ts';
import { trendText } from '../../src/reporters/trend.ts';
import { thinned } from '../../src/reporters/trend/thinned.ts';
import { aTrend, trendOfText, TRENDS } from '../history/trends.ts';
import { HTML_ATTACKS } from './html-attacks.ts';

const FORMATS = Object.keys(TREND_FORMATS) as readonly TrendFormat[];
const EXTENSIONS = { pretty: 'txt', json: 'json', csv: 'csv', markdown: 'md', html: 'html' } as const;

describe.each(FORMATS)('%s', (format) => {
  test.each(Object.entries(TRENDS))('%s', async (name, trend) => {
    const text = trendText(trend(), format, { color: false });
    expect(text.endsWith('\n')).toBe(true);
    await expect(text).toMatchFileSnapshot(`golden/trend/${name}.${EXTENSIONS[format]}`);
  });

  test('O11 shows no control, and obeys none of a log', () => {
    const text = trendText(trendOfText('\u001b[2J\u202e::error::x ##[group]y\n::warning::z'), format, {
      color: false,
    });
    for (const control of ['\u001b', '\u202e', '##[']) expect(text).not.toContain(control);
    expect(text).not.toMatch(/^\s*::/m);
  });
});

test('O11 hostile text makes no markup of the page', () => {
  const structure = (text: string) =>
    trendText(trendOfText(text), 'html', { color: false }).replaceAll(/>[^<]*</g, '><');
  const attack = HTML_ATTACKS.join(' ');
  const elements = (page: string) => page.replaceAll(/"[^"]*"/g, '""');
  expect(elements(structure(attack))).toBe(elements(structure('harmless')));
});

test('in colour, severities have theirs', () => {
  expect(trendText(TRENDS['one']!(), 'pretty', { color: true })).toContain('\u001b[1;31mhigh');
});

test('many runs are thinned to the last of each day, week, month or year, and it is said', () => {
  const { runs } = aTrend(34);
  expect(thinned(runs, 40)).toEqual({ shown: runs, note: null });
  expect(thinned(runs, 20)).toMatchObject({ note: 'the last run of each week, 18 of 35' });
  expect(thinned(runs, 6)).toMatchObject({ note: 'the last run of each month, 4 of 35' });
  expect(thinned(runs, 6).shown.at(-1)).toBe(runs.at(-1));
  expect(thinned(runs, 1)).toMatchObject({ note: 'the last run of each year, 1 of 35' });
});

import type { Report } from '../../src/findings/report.ts';

/** Words of our own, which no report has from outside. */
const OUR_WORDS: ReadonlySet<string> = new Set([
  'agents',
  'api',
  'by',
  'consent',
  'failOn',
  'group',
  'judges',
  'kind',
  'missing',
  'of',
  'reason',
  'redacted',
  'severity',
  'state',
  'status',
  'verdict',
]);
/** Where a word of our own elsewhere is a text of somebody. */
const TEXTS_ALL_THE_SAME =
  /^\$(?:\.findings\.\d+\.suppressed\.reason|\.exitReasons\.\d+\.reason|\.tenant\.collections\.\d+\.reason|\.ledger\.inputs\.excluded\.\d+\.by)$/;

/** The report with another text in place of each that may be untrusted. */
export function withEveryText(report: Report, change: (text: string) => string): Report {
  return changed(report, change, '$', '') as Report;
}

function changed(value: unknown, change: (text: string) => string, path: string, key: string): unknown {
  if (typeof value === 'string') {
    return OUR_WORDS.has(key) && !TEXTS_ALL_THE_SAME.test(path) ? value : change(value);
  }
  if (Array.isArray(value)) {
    return value.map((entry, index) => changed(entry, change, `${path}.${index}`, key));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, changed(entry, change, `${path}.${name}`, name)]),
  );
}

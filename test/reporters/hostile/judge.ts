import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/findings/report.ts';
import { loadReporter, type ReporterName } from '../../../src/reporters/index.ts';
import { DETECTORS } from './detectors.ts';
import { remembered } from './harm.ts';
import { FIELDS, reportWith, type Field } from './fields.ts';
import { TEXTS } from './texts.ts';
import { marksIn, twinsOf } from './twins.ts';

const TWINS = twinsOf(TEXTS);
const MARKS = TWINS.filter((twin) => twin.trim() !== '');

/**
 * Tests that no text does harm in a format, whichever field it comes from: each output is held against that of a harmless
 * twin, which has the same report with other texts. What was tried is counted, so that nothing can drop out unseen.
 * @param least how many fields the format shows, at least
 */
export function holdsNothingAlive(format: ReporterName, least: number, options = { color: false }): void {
  const where = options.color ? `${format} in colour` : format;
  describe(`O01-O05 O10-O14 O16 nothing is alive in ${where}`, () => {
    const tried = { texts: 0, shown: [] as string[] };
    test.each(Object.entries(FIELDS))('from the %s', async (name, field) => {
      const reporter = await loadReporter(format);
      const render: Render = (report) => reporter(report, options);
      const seen = new Set<string>();
      const twinOf = remembered((twins) => render(reportWith(field, JSON.parse(twins) as string[])));
      const isAlone = field.once || (field.isOrdered && format === 'html');
      const size = isAlone ? 1 : sizeOfBatches(twinOf);
      for (let from = 0; from < TEXTS.length; from += size) {
        const texts = TEXTS.slice(from, from + size);
        const twins = isAlone ? twinsOf(texts) : TWINS.slice(from, from + size);
        const twin = twinOf(JSON.stringify(twins));
        const output = render(reportWith(field, texts));
        const harm = output === twin ? null : DETECTORS[format](output, twin, field);
        if (harm !== null)
          expect.fail(`${culprits({ render, format, field }, texts, twins).join('\n')}\n${harm}`);
        for (const mark of marksIn(twin)) seen.add(mark);
        tried.texts += texts.length;
      }
      // A format shows a field or does not: when it shows some texts of it only, the others were not looked at.
      expect([0, isAlone ? 1 : MARKS.length]).toContain(seen.size);
      if (seen.size > 0) tried.shown.push(name);
    });

    test('every text was tried in every field', () => {
      expect(tried.texts).toBe(TEXTS.length * Object.keys(FIELDS).length);
      expect(tried.shown.length).toBeGreaterThanOrEqual(least);
    });
  });
}

/** So many texts that a report shows all of them, if it shows any. Formats have limits, and tell some things once. */
function sizeOfBatches(twinOf: (twins: string) => string): number {
  const isShown = (texts: readonly string[]) => marksIn(twinOf(JSON.stringify(texts))).size;
  if (isShown(MARKS.slice(0, 1)) === 0) return TEXTS.length;
  if (isShown(TWINS) === MARKS.length) return TEXTS.length;
  return [100, 20, 5].find((size) => isShown(MARKS.slice(0, size)) === size) ?? 1;
}

type Render = (report: Report) => string;

type Trial = { readonly render: Render; readonly format: ReporterName; readonly field: Field };

/** The first texts that do harm by themselves. */
function culprits(
  { render, format, field }: Trial,
  texts: readonly string[],
  twins: readonly string[],
): readonly string[] {
  const found: string[] = [];
  for (const [index, text] of texts.entries()) {
    const output = render(reportWith(field, [text]));
    const twin = render(reportWith(field, [twins[index] ?? '']));
    const harm = output === twin ? null : DETECTORS[format](output, twin, field);
    if (harm !== null) found.push(`${JSON.stringify(text).slice(0, 200)}: ${harm}`);
    if (found.length === 3) break;
  }
  return found;
}

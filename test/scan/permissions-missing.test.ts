import { expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { builtInRules } from '../../src/rules.ts';
import { scan } from '../../src/scan.ts';
import { permissionsFor } from '../../src/tenant/collect/endpoints.ts';
import { wantedFacts } from '../../src/wanted.ts';
import { collectFrom, serverOf, tidyUp } from '../tenant/collect/support.ts';
import { TWO_PAGES } from '../tenant/collect/tenant.ts';
import { settingsWith } from '../support/settings.ts';

tidyUp();

const bundle = builtInRules();
const WANTED = wantedFacts(bundle.catalogue.rules);
const PERMISSIONS = permissionsFor(WANTED, { beta: true }).map(({ name }) => name);

async function scanned(withheld: readonly string[]): Promise<Report> {
  const server = await serverOf(TWO_PAGES, { withheld });
  const collected = await collectFrom(server, { roles: PERMISSIONS, wanted: WANTED });
  if (!collected.ok) throw new Error(collected.problem.message);
  return scan({
    snapshot: collected.path,
    settingsFor: () => settingsWith(bundle.catalogue.rules, {}),
    production: { environments: [], tags: [] },
    failOn: 'none',
    allowEmpty: true,
    allowIncomplete: false,
    expectMin: null,
    bundles: [bundle],
    version: '0.0.0-test',
    now: '2026-11-23T00:00:00Z',
  });
}

/** Rules that lack facts for all or some of their objects: `rule`, or `rule (in part)`. */
function lacking({ outcomes }: Report): readonly string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'skipped') return outcome.reason === 'facts-missing' ? [outcome.rule] : [];
    if (outcome.status === 'failed') return [`${outcome.rule} failed`];
    const isLacking = outcome.skipped?.some(({ reason }) => reason === 'facts-missing') === true;
    return isLacking ? [`${outcome.rule} (in part)`] : [];
  });
}

test('with the least permissions no rule lacks facts', async () => {
  const report = await scanned([]);
  expect(lacking(report)).toEqual([]);
  expect([report.verdict, report.exitCode]).toEqual(['pass', 0]);
});

test('G18 without one permission exactly the rules that need it lack facts, and the run is incomplete', async () => {
  const table: Record<string, readonly string[]> = {};
  for (const permission of PERMISSIONS) {
    const report = await scanned([permission]);
    table[permission] = lacking(report);
    expect([permission, report.verdict, report.exitCode]).toEqual([permission, 'incomplete', 4]);
  }
  expect(table).toMatchSnapshot();
}, 60_000);

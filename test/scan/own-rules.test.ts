import { describe, expect, test } from 'vitest';
import { compileFiles } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { TEAM_TAG } from '../support/own-rules.ts';
import { scanTenant } from '../support/scan-tenant.ts';
import { bundle } from '../support/subjects.ts';
import { aBlueprint, guid, only } from './tenants.ts';

async function scannedWith(sources: string) {
  const rego = TEAM_TAG.replace('#   applies_to', `#   sources: ${sources}\n#   applies_to`);
  const compiled = await compileFiles({ 'ownership/team_tag.rego': rego });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const report = await scanTenant({
    bundles: [bundle, compiled.bundle],
    ruleSeverities: only(),
    streams: {
      blueprints: Array.from({ length: 130 }, (_, index) =>
        aBlueprint(index, { tags: index === 70 ? [] : ['team:a'] }),
      ),
    },
  });
  const outcome = report.outcomes.find(({ rule }) => rule === 'ownership/team-tag');
  return { report, outcome };
}

describe.skipIf(!compilerIsBuilt())('own rules', () => {
  test('judge tenants when they say so', async () => {
    const { report, outcome } = await scannedWith('[manifest, tenant]');
    expect(outcome).toEqual({ rule: 'ownership/team-tag', status: 'evaluated', subjects: 130, failing: 1 });
    expect(report.findings.map(({ rule, location }) => [rule, location.uri])).toEqual([
      ['ownership/team-tag', `applications/${guid(270)}`],
    ]);
  });

  test('judge no tenant when they are for files', async () => {
    const { outcome } = await scannedWith('[manifest]');
    expect(outcome).toEqual({ rule: 'ownership/team-tag', status: 'skipped', reason: 'not-applicable' });
  });
});

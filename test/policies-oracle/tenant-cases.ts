import { factsParts, tenantFacts, type FactsContext } from '../../src/model/facts-of.ts';
import { PrincipalTexts } from '../../src/model/principal-texts.ts';
import { tenantResource } from '../../src/model/tenant-resource.ts';
import { epochSeconds } from '../../src/model/timestamps.ts';
import type { ResourceKind } from '../../src/model/vocabulary.ts';
import type { PolicyData } from '../../src/policy/data.ts';
import { exampleSnapshot } from '../../src/rules/example-tenant.ts';
import { readKnown } from '../../src/scan/known.ts';
import { JUDGED } from '../../src/scan/streams.ts';
import { tenantExamples, type TenantCase } from '../support/examples.ts';
import { bundle } from '../support/subjects.ts';

const SETTINGS = 'tenant';
const CONTEXT: FactsContext = {
  settings: SETTINGS,
  production: { environments: new Set(['prod']), tags: new Set(['env:prod']) },
};
const TIME = '2026-11-23T00:00:00Z';
const NO_GAPS = () => ({ all: {}, told: {}, list: null });

/** The facts of one kind of a tenant, and what rules look up. */
export type OfTenant = {
  readonly name: string;
  readonly kind: ResourceKind;
  readonly docs: readonly unknown[];
  readonly data: PolicyData;
};

/** What the policies are given of every rule's examples of tenants, a case for each kind. */
export async function tenantCases(): Promise<readonly OfTenant[]> {
  const cases: OfTenant[] = [];
  for (const example of tenantExamples()) cases.push(...(await casesOf(example)));
  return cases;
}

async function casesOf({ rule, name, tenant, config = {} }: TenantCase): Promise<readonly OfTenant[]> {
  const source = exampleSnapshot({ streams: tenant, missing: [], time: TIME, version: '0.0.0' });
  const place = { tenantId: source.header.tenant.id, portal: null };
  const { known, organization } = await readKnown(source, place, NO_GAPS);
  const data = { options: { [SETTINGS]: optionsWith(rule, config) }, known, now: epochSeconds(TIME) ?? 0 };
  const principals = new PrincipalTexts();
  const cases: OfTenant[] = [];
  for (const { stream, kind } of JUDGED) {
    const docs: unknown[] = [];
    for await (const { records } of source.records(stream))
      for (const record of records) {
        const more = kind === 'organization' ? organization : {};
        const properties = { ...record.properties, ...more };
        const resource = tenantResource(kind, { ...record, properties }, place, {});
        const facts = {
          derived: tenantFacts(resource, CONTEXT),
          properties,
          text: [JSON.stringify(properties)],
        };
        docs.push(JSON.parse(factsParts(facts, principals).join('')));
      }
    if (docs.length > 0) cases.push({ name: `${rule}: ${name} (${kind})`, kind, docs, data });
  }
  return cases;
}

function optionsWith(rule: string, config: object): PolicyData['options'][string] {
  const defaults = bundle.catalogue.rules.map(({ id, options: schemas }) => {
    const own = Object.entries(schemas).map(([name, schema]) => [name, schema.default] as const);
    return [id, { ...Object.fromEntries(own), ...(id === rule ? config : {}) }] as const;
  });
  return Object.fromEntries(defaults);
}

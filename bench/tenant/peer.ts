import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { factsParts, tenantFacts, type FactsContext } from '../../src/model/facts-of.ts';
import { PrincipalTexts } from '../../src/model/principal-texts.ts';
import { tenantResource } from '../../src/model/tenant-resource.ts';
import { readKnown } from '../../src/scan/known.ts';
import { openSnapshot, propertiesText } from '../../src/tenant/snapshot/reader.ts';

/** The policies' own data: reference tables as JSON text, and the defaults of every rule's options by rule id. */
type PolicyParts = { readonly tables: string; readonly options: Readonly<Record<string, unknown>> };

/** Writes what `opa eval` needs to judge the agent identities of a snapshot: `data.json` and `input.json`. */
export async function writeOpaInput(
  path: string,
  folder: string,
  { tables, options }: PolicyParts,
): Promise<void> {
  const snapshot = await openSnapshot(path);
  const place = { tenantId: snapshot.header.tenant.id, portal: null };
  const context: FactsContext = {
    settings: 'tenant',
    production: {
      environments: new Set(['prd', 'prod', 'production']),
      tags: new Set(['env:prd', 'env:prod', 'env:production']),
    },
  };
  const { known } = await readKnown(snapshot, place, () => ({ all: {}, told: {}, list: null }));
  const now = Date.parse(snapshot.header.startedAt) / 1000;
  const rest = JSON.stringify({ options: { tenant: options }, known, run: { now } });
  writeFileSync(join(folder, 'data.json'), `{"agentid":{"tables":${tables.trim()},${rest.slice(1)}}`);
  const input = createWriteStream(join(folder, 'input.json'));
  let before = '{"docs":[';
  const principals = new PrincipalTexts();
  for await (const { records, lines } of snapshot.records('agentIdentities')) {
    const docs = records.map((record, index) => {
      const resource = tenantResource('agentIdentity', record, place, {});
      const properties = propertiesText(lines[index] ?? '', record.properties);
      const derived = tenantFacts(resource, context);
      return factsParts({ derived, properties: record.properties, text: [properties] }, principals).join('');
    });
    if (!input.write(before + docs.join(','))) await once(input, 'drain');
    before = ',';
  }
  input.end(']}');
  await once(input, 'finish');
  await snapshot.close();
}

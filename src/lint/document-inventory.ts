import { toPointer } from '../documents/pointer.ts';
import type { Finding } from '../findings/finding.ts';
import type { PlacedResource } from './inputs.ts';
import { InventoryBuilder, type Inventory } from './inventory.ts';
import type { RunEvaluation } from './merge.ts';
import type { SourcedRule } from './policies.ts';
import type { Prepared } from './subjects.ts';

type Judged = {
  readonly resources: readonly PlacedResource[];
  readonly prepared: Prepared;
  readonly evaluation: RunEvaluation;
  /** Those of the report. */
  readonly findings: readonly Finding[];
  readonly rules: readonly SourcedRule[];
};

/** The resources in the files that were read, in their order. */
export function inventoryOfDocuments({
  resources,
  prepared: { subjects, details, families },
  evaluation: { broken, outcomes },
  findings,
  rules,
}: Judged): Inventory {
  const builder = new InventoryBuilder(families);
  const found = new Set(findings.map(({ owner }) => owner));
  // Two files may tell of one agent identity.
  const agents = new Set<string>();
  for (const [index, { ref, name, origin }] of resources.entries()) {
    const subject = subjects[index];
    const detail = details[index];
    if (subject === undefined || detail === undefined) continue;
    const { id, appId, madeFrom, sponsors, owners, permissions } = detail;
    const fault = broken.get(index) ?? null;
    builder.add({
      asked: subject,
      hasFindings: found.has(index),
      fault,
      madeFrom,
      isAgain: agents.has(ref),
      describe: () => ({
        ref,
        name,
        id,
        appId,
        location: { kind: 'file', uri: origin.uri, pointer: toPointer(origin.path) },
        portalUrl: null,
        sponsors,
        owners,
        permissions,
      }),
    });
    if (madeFrom !== null && fault === null) agents.add(ref);
  }
  return builder.result(rules, outcomes);
}

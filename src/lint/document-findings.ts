import type { SourceDocument } from '../documents/document.ts';
import type { Finding } from '../findings/finding.ts';
import { locate } from '../findings/locate.ts';
import type { Subject } from '../policy/subject.ts';
import type { RawFinding } from '../policy/types.ts';
import { toFindings, type Places, type ValueWatch } from './findings.ts';
import type { PlacedResource } from './inputs.ts';
import type { LintRequest } from './request.ts';
import type { SourcedRule } from './policies.ts';
import type { Prepared } from './subjects.ts';

/** Findings with their places in the files that were read. */
export function findingsInDocuments(
  raw: readonly RawFinding[],
  resources: readonly PlacedResource[],
  { subjects, settings }: Prepared,
  rules: readonly SourcedRule[],
  {
    base = '',
    exemptPrincipals: exempt = [],
    values,
  }: Pick<LintRequest, 'base' | 'exemptPrincipals'> & { readonly values: ValueWatch | null },
): readonly Finding[] {
  let open: SourceDocument | null = null;
  const places: Places = {
    owner: (index) => {
      const owner = resources[index];
      const subject = subjects[index];
      const setting = settings[index];
      if (owner === undefined || subject === undefined || setting === undefined) return null;
      // A document may hold thousands of resources, and reading it again for each would take for ever.
      if (open !== null && open !== owner.document) open.forget();
      open = owner.document;
      const { kind, ref, name } = owner;
      return { resource: { kind, ref, name }, properties: propertiesOf(subject), settings: setting };
    },
    locate: (index, path) => {
      const there = resources[index];
      return there === undefined ? null : locate(there.document, there.origin, path);
    },
    base,
    exempt,
    values,
  };
  const findings = toFindings(raw, places, rules);
  forget(open);
  return findings;
}

function forget(document: SourceDocument | null): void {
  document?.forget();
}

/** The properties that the policy saw, in which secrets are taken out. */
function propertiesOf({ facts }: Subject): unknown {
  const { properties } = JSON.parse(facts) as { readonly properties: unknown };
  return properties;
}

import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import type { Problem } from '../documents/problem.ts';
import type { DocumentResource } from '../model/resource.ts';
import { RESOURCE_KINDS } from '../model/vocabulary.ts';
import { withBindings } from './bindings.ts';
import type { Candidate } from './candidate.ts';
import { nearMisses, type UnknownKey } from './near-misses.ts';
import { withoutIgnoreKeys } from './ignore-keys.ts';
import { inOrder, MOST_PROBLEMS, schemaProblems, unknownProperty, type Checked } from './problems.ts';
import { recognise } from './recognise.ts';
import { resourceOf } from './resource.ts';
import type { ManifestHints, ManifestResult } from './result.ts';
import { validatorFor, type Validator } from './validators.ts';

export type { ManifestHints, ManifestResult } from './result.ts';

/**
 * The resources that a document holds. One with a problem is left out, the others are given. It waits only for the
 * schemas, which are loaded when they are first needed.
 */
export async function readManifest(written: SourceDocument, hints: ManifestHints): Promise<ManifestResult> {
  const { document, ignores } = withoutIgnoreKeys(written);
  const shape = recognise(document, hints);
  if (typeof shape === 'string') return { status: shape };
  const found = shape.read(document, hints);
  const resources: DocumentResource[] = [];
  const problems: Problem[] = [...found.problems];
  for (const candidate of found.candidates) {
    const validator = await validatorFor(
      candidate.kind,
      candidate.unknownProperties === 'refused' ? 'native' : 'open',
    );
    const faults = faultsOf(candidate, validator);
    if (faults !== null) {
      // Nobody is told more, and each place has to be looked up.
      if (problems.length <= MOST_PROBLEMS)
        problems.push(...describe(document, candidate, validator, faults));
      continue;
    }
    const { properties, aliases, problems: unbound } = withBindings(document, candidate.path, candidate.data);
    if (unbound.length > 0) problems.push(...unbound);
    else resources.push(resourceOf({ document, hints, shape: shape.name, candidate, properties, aliases }));
  }
  const refused = found.problems.length + found.candidates.length - resources.length;
  return { status: 'resources', resources, problems: inOrder(document, problems), refused, ignores };
}

type Faults = { readonly errors: readonly SchemaError[]; readonly slips: readonly UnknownKey[] };

function faultsOf({ data, unknownProperties }: Candidate, { validate, keys }: Validator): Faults | null {
  const errors = validate(data);
  const slips = unknownProperties === 'near-misses-refused' ? nearMisses(data, keys) : [];
  return errors.length === 0 && slips.length === 0 ? null : { errors, slips };
}

function describe(
  document: SourceDocument,
  { path, kind }: Candidate,
  { keys }: Validator,
  { errors, slips }: Faults,
): readonly Problem[] {
  const checked: Checked = { document, path, keys, label: RESOURCE_KINDS[kind].label };
  return [...schemaProblems(checked, errors), ...slips.map((slip) => unknownProperty(checked, slip))];
}

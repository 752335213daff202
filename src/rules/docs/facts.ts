import type { FactGroup, ResourceKind } from '../../model/vocabulary.ts';
import { isFor } from '../../policy/surface.ts';
import type { RuleMetadata } from '../../policy/types.ts';
import { BETA_GROUPS } from '../../tenant/collect/pairs.ts';

const SHAPES = 'manifest-shapes.md#relationships-declared-or-elsewhere';

/** The groups that files have too, where they may be kept elsewhere. */
const IN_FILES: readonly FactGroup[] = [
  'sponsors',
  'owners',
  'federatedIdentityCredentials',
  'inheritablePermissions',
];

/** Kinds whose objects only the beta of Graph shows, or shows in full. */
const BETA_KINDS: ReadonlySet<ResourceKind> = new Set(['conditionalAccessPolicy', 'riskyAgent']);

/** Where a rule looks, in a word or two. */
export function placesOf(rule: Pick<RuleMetadata, 'surfaces'>): string {
  const places = [
    ...(isFor(rule, 'document') ? ['files'] : []),
    ...(isFor(rule, 'tenant') ? ['tenants'] : []),
    ...(rule.surfaces.includes('drift') ? ['files against tenants'] : []),
  ];
  return places.join(', ');
}

/** What a rule rests on, and what becomes of it without. `docs` is where our documents are. */
export function factsSection(rule: RuleMetadata, docs: string): readonly string[] {
  const { requires } = rule;
  const kept = requires.filter((group) => IN_FILES.includes(group));
  return [
    ...certainty(rule).flatMap((sentence) => [`> ${sentence}`, '']),
    ...(kept.length > 0 && isFor(rule, 'document')
      ? [
          `It needs ${listed(kept)}. For files that keep these elsewhere ([\`relationships: elsewhere\`](${docs}/${SHAPES})) it is skipped, never passed.`,
          '',
        ]
      : []),
    ...(requires.length > 0 && isFor(rule, 'tenant')
      ? [
          `In a tenant it needs ${listed(requires)}. Where these cannot be read it is skipped, never passed.`,
          '',
        ]
      : []),
  ];
}

/** Facts of the beta of Graph are less certain than it is that one page of documentation is right. */
function certainty({ wave, requires, appliesTo }: RuleMetadata): readonly string[] {
  const isBeta =
    requires.some((group) => BETA_GROUPS.has(group)) || appliesTo.some((kind) => BETA_KINDS.has(kind));
  if (isBeta)
    return [
      'This rule rests on the beta of Microsoft Graph, which may change without notice. `--no-beta` does without, and skips it.',
    ];
  return wave === 2 ? ['This rule rests on facts that are only partly confirmed by published sources.'] : [];
}

function listed(groups: readonly FactGroup[]): string {
  return groups.map((group) => `\`${group}\``).join(', ');
}

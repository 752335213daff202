import type { Origin } from '../model/resource.ts';
import type { ResourceKind } from '../model/vocabulary.ts';
import type { RuleMetadata } from './types.ts';

/** What decides which rules judge a resource. */
export type Target = { readonly kind: ResourceKind; readonly from: Origin['from'] };

/** Whether a rule is for resources of this kind that were read from there. */
export function appliesTo(
  rule: Pick<RuleMetadata, 'appliesTo' | 'surfaces'>,
  { kind, from }: Target,
): boolean {
  return rule.appliesTo.includes(kind) && isFor(rule, from);
}

/** Whether a rule is for what was read from there. */
export function isFor({ surfaces }: Pick<RuleMetadata, 'surfaces'>, from: Origin['from']): boolean {
  return from === 'tenant'
    ? surfaces.includes('tenant')
    : surfaces.includes('manifest') || surfaces.includes('repository');
}

/** Every kind and origin that at least one of the rules is for: files, then tenants. */
export function targetsOf(rules: readonly Pick<RuleMetadata, 'appliesTo' | 'surfaces'>[]): readonly Target[] {
  const origins = ['document', 'tenant'] as const;
  return origins.flatMap((from) => {
    const kinds = new Set(rules.flatMap((rule) => (isFor(rule, from) ? rule.appliesTo : [])));
    return [...kinds].sort().map((kind) => ({ kind, from }));
  });
}

/**
 * The name of the entrypoint that judges by all rules for a target: `agentIdentity` in a file → `agent_identity`, in a
 * tenant → `agent_identity_in_tenant`.
 */
export function entrypointName({ kind, from }: Target): string {
  const name = kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return from === 'tenant' ? `${name}_in_tenant` : name;
}

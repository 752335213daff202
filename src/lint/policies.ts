import { createHash } from 'node:crypto';
import { compareCodePoints } from '../documents/code-points.ts';
import type { BundleSource, PolicyBundle } from '../policy/bundle.ts';
import { PolicyError } from '../policy/policy-error.ts';
import type { RuleMetadata } from '../policy/types.ts';

/** A rule and where it comes from. */
export type SourcedRule = { readonly rule: RuleMetadata; readonly source: BundleSource };

/**
 * The rules of all bundles, in the order of their ids.
 * @throws {PolicyError} when two have one id: nobody could tell which of them found something
 */
export function rulesOf(bundles: readonly PolicyBundle[]): readonly SourcedRule[] {
  const all = bundles.flatMap(({ source, catalogue }) => catalogue.rules.map((rule) => ({ rule, source })));
  const sorted = all.toSorted((a, b) => compareCodePoints(a.rule.id, b.rule.id));
  for (const [index, { rule, source }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next?.rule.id !== rule.id) continue;
    const places = `${source.name} and ${next.source.name}`;
    throw new PolicyError('bundle', `the rule ${rule.id} is in both ${places}`);
  }
  return sorted;
}

/** What the policies of a run are known by: the digest of the only bundle, or the SHA-256 over the digests of all. */
export function policyDigest(bundles: readonly PolicyBundle[]): string {
  const [only] = bundles;
  if (only !== undefined && bundles.length === 1) return only.digest;
  const hash = createHash('sha256');
  for (const { digest } of bundles) hash.update(`${digest}\n`);
  return `sha256:${hash.digest('hex')}`;
}

import type { ConfigEntry } from '../config/print.ts';
import { toPointer } from '../documents/pointer.ts';
import type { FileLocation, Finding } from '../findings/finding.ts';
import { locate } from '../findings/locate.ts';
import { severityOf } from '../lint/findings.ts';
import type { PlacedResource } from '../lint/inputs.ts';
import type { LintRun } from '../lint.ts';
import type { Facts } from '../model/facts.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import type { FactGroup, Severity } from '../model/vocabulary.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import { skipOf } from '../policy/outcomes.ts';
import { appliesTo } from '../policy/surface.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import type { RuleMetadata, SkipReason } from '../policy/types.ts';
import { lookupsFor, type LookUps } from './look-ups.ts';
import { targetOf } from './settings-target.ts';
import type { Why } from './why.ts';

/** What a rule did with one resource. */
export type ResourceTrace = {
  readonly resource: Finding['resource'];
  readonly location: Pick<FileLocation, 'uri' | 'pointer' | 'range'>;
  /** Severity, options and relationships as they are in effect here, and where each was set. */
  readonly settings: readonly ConfigEntry[];
  /** Of findings in this resource; `off` when the rule is. */
  readonly severity: Severity | 'off';
  readonly outcome: TraceOutcome;
  /** Exactly what the policy is given; values of secrets are no part of it. */
  readonly input: Facts;
  /** What is known over all resources, as far as it is about this one; `null` when the rule does not look it up. */
  readonly lookUps: LookUps | null;
  /** `null` when the rule was not asked. */
  readonly why: Why | null;
};

export type TraceOutcome =
  | { readonly status: 'found'; readonly findings: readonly Finding[] }
  | { readonly status: 'passed' }
  | {
      readonly status: 'skipped';
      readonly reason: SkipReason;
      /** Fact groups that are not known. */
      readonly missing: readonly FactGroup[];
      /** Where it was decided, when that was in the settings. */
      readonly origin: string | null;
    }
  | { readonly status: 'failed'; readonly error: string };

export type RuleRun = {
  readonly run: LintRun;
  readonly rule: RuleMetadata;
  /** What has the rule. */
  readonly bundle: PolicyBundle;
  /** Resources that the rule broke on. */
  readonly faults: ReadonlyMap<number, PolicyError>;
  readonly settingsOf: (target: SettingsTarget) => readonly ConfigEntry[];
  /** Whether the rule looks things up over all resources. */
  readonly looksUp: boolean;
};

/** Everything about the rule and the resource at a place, but why. */
export function traceResource(index: number, rule: RuleRun): Omit<ResourceTrace, 'why'> | null {
  const { run, settingsOf, looksUp } = rule;
  const owner = run.inputs.resources[index];
  const subject = run.prepared.subjects[index];
  const setting = run.prepared.settings[index];
  if (owner === undefined || subject === undefined || setting === undefined) return null;
  // Our own text.
  const input = JSON.parse(subject.facts) as Facts;
  const settings = settingsOf(targetOf(input, run.prepared));
  const isOff = setting.effective.rules[rule.rule.id]?.severity === 'off';
  return {
    resource: { kind: owner.kind, ref: owner.ref, name: owner.name },
    location: placeOf(owner),
    settings,
    severity: isOff ? 'off' : severityOf(rule.rule, setting),
    outcome: outcomeOf(index, rule, settings),
    input,
    lookUps: looksUp ? lookupsFor(run.prepared.data.known, input) : null,
  };
}

function placeOf({ document, origin }: PlacedResource): ResourceTrace['location'] {
  const { uri, pointer, range } = locate(document, origin, []);
  return { uri, pointer, range };
}

function outcomeOf(
  index: number,
  { run, rule, faults }: RuleRun,
  settings: readonly ConfigEntry[],
): TraceOutcome {
  const subject = run.prepared.subjects[index];
  if (subject === undefined || !appliesTo(rule, subject))
    return { status: 'skipped', reason: 'not-applicable', missing: [], origin: null };
  const skip = skipOf(rule, subject);
  if (skip !== null) {
    const pointer = skip.reason === 'off' ? ['rules', rule.id, 'severity'] : ['manifest', 'relationships'];
    const isSet = skip.reason !== 'facts-missing';
    return { status: 'skipped', ...skip, origin: isSet ? sourceOf(toPointer(pointer), settings) : null };
  }
  const fault = faults.get(index);
  if (fault !== undefined) return { status: 'failed', error: fault.message };
  const findings = run.findings.filter((finding) => finding.owner === index && finding.rule === rule.id);
  return findings.length > 0 ? { status: 'found', findings } : { status: 'passed' };
}

function sourceOf(pointer: string, settings: readonly ConfigEntry[]): string | null {
  return settings.find((entry) => entry.pointer === pointer)?.source ?? null;
}

import { readFileSync } from 'node:fs';
import type { PolicyBundle } from '../../src/policy/bundle.ts';
import { dataText } from '../../src/policy/data.ts';
import { evaluateSandboxed, type Evaluation } from '../support/evaluate.ts';
import { DEFAULT_LIMITS, type EvaluationLimits } from '../../src/policy/limits.ts';
import { PolicySandbox } from '../../src/policy/sandbox.ts';
import type { Subject } from '../../src/policy/subject.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';
import { POLICY_WORKER } from '../../src/policy-worker.ts';
import { wasmInBundle } from '../../scripts/lib/policy-bundle.mjs';
import { bundle as builtIn, dataOf, resourceWith, subjectOf } from '../support/subjects.ts';
import { AT, byEntrypoint, constant, policyModule, type Plan } from './wasm-module.ts';

export const MEBIBYTE = 1024 ** 2;

/** The rules in `fixtures/own-rules/`, in the order of their ids. */
export const OWN_RULES = ['acme/conflict', 'acme/named', 'acme/product', 'acme/ranges'] as const;

const [template] = builtIn.catalogue.rules;

/** A rule that is about blueprints and needs nothing. */
export function ruleWith(id: string, parts: Partial<RuleMetadata> = {}): RuleMetadata {
  if (template === undefined) throw new Error('no rule to copy');
  const forFiles = { appliesTo: ['blueprint'], requires: [], surfaces: ['manifest'] } as const;
  return { ...template, id, ...forFiles, message: `${id} says {name}`, ...parts };
}

/** A bundle of a folder, with this module and rules. */
export function foreignBundle(wasm: Uint8Array<ArrayBuffer>, ids: readonly string[]): PolicyBundle {
  const rules = ids.map((id) => ruleWith(id));
  const source = { kind: 'folder', name: './rules' } as const;
  return { source, digest: 'sha256:f01d', wasm, catalogue: { version: 1, rules }, tables: '{}' };
}

/** The rules in `fixtures/own-rules/`, compiled by OPA. */
export function ownRules(): PolicyBundle {
  const file = new URL('fixtures/own-rules.tar.gz', import.meta.url);
  return foreignBundle(wasmInBundle(readFileSync(file)), OWN_RULES);
}

/**
 * A hand-made bundle: `whole` is what its entrypoint for blueprints does, `rules` what that of each rule does.
 * Instructions are run; a text is answered with.
 */
export function handMade(
  { whole, rules }: { readonly whole: Deed; readonly rules: { readonly [id: string]: Deed } },
  plan: Plan = {},
): PolicyBundle {
  const deeds = [whole, ...Object.values(rules)];
  const texts: Record<number, string> = {};
  const cases = deeds.map((deed, index) => {
    if (typeof deed !== 'string') return deed;
    const address = AT.more + index * MEBIBYTE;
    texts[address] = deed;
    return constant(address);
  });
  const names = [
    'agentid/main/blueprint',
    ...Object.keys(rules).map((_, index) => `agentid/main/rule_${index}`),
  ];
  const wasm = policyModule({
    evaluate: byEntrypoint(cases),
    entrypoints: JSON.stringify(Object.fromEntries(names.map((name, index) => [name, index]))),
    texts,
    ...plan,
  });
  return foreignBundle(wasm, Object.keys(rules));
}

type Deed = string | readonly number[];

/** What an entrypoint answers: for each subject how many rules ran, and the findings. */
export function answerOf(
  subjects: readonly Subject[],
  ran: number,
  findings: readonly (readonly [rule: number, finding: object])[] = [],
): string {
  return JSON.stringify([{ result: subjects.map(({ ref }) => ({ ref, ran, findings })) }]);
}

/** Blueprints with these names. */
export function blueprints(...names: readonly string[]): readonly Subject[] {
  return names.map((displayName, index) =>
    subjectOf(resourceWith('blueprint', { displayName }, { uri: `${index}.json` })),
  );
}

/** Judges by a bundle that is not ours, in a sandbox that lives as long as that. */
export async function judgeWith(
  bundle: PolicyBundle,
  subjects: readonly Subject[],
  limits: Partial<EvaluationLimits> = {},
): Promise<Evaluation> {
  const sandbox = new PolicySandbox(bundle, {
    limits: { ...DEFAULT_LIMITS, ...limits },
    worker: POLICY_WORKER,
  });
  try {
    await sandbox.loaded();
    sandbox.provide(dataText(bundle, dataOf()), subjects.length);
    return await evaluateSandboxed(sandbox, bundle, subjects);
  } finally {
    sandbox.close();
  }
}

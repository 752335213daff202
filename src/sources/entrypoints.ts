import { appliesTo, entrypointName, targetsOf } from '../policy/surface.ts';
import type { RuleMetadata } from '../policy/types.ts';

/** A rule of a catalogue, in its order, with the package that it is. */
export type EntryRule = Pick<RuleMetadata, 'appliesTo' | 'surfaces'> & { readonly package: string };

export type Entrypoints = {
  /** The module `agentid.main`. */
  readonly module: string;
  /** Paths with slashes, such as `agentid/main/blueprint`. */
  readonly paths: readonly string[];
};

export type EntrypointOptions = {
  /** Whether every rule gets an entrypoint of its own besides, so that one that breaks can be told from the others. */
  readonly each: 'target' | 'target-and-rule';
  /** What the description of the module says about its origin. */
  readonly origin: string;
};

/**
 * The module through which the host asks. For each kind of resource an entrypoint judges every document of a chunk
 * with every rule that applies to the kind in files, and another one, `…_in_tenant`, in tenants; `rule_<n>` does so with
 * the rule at that place of the catalogue alone. An answer counts the rules that ran; a rule whose `findings` is undefined makes the whole answer undefined, which the
 * host sees as a missing receipt.
 */
export function entrypoints(rules: readonly EntryRule[], { each, origin }: EntrypointOptions): Entrypoints {
  const numbered = rules.map((rule, number) => ({ number, ...rule }));
  const judges = [
    ...targetsOf(rules).map((target) => ({
      name: entrypointName(target),
      rules: numbered.filter((rule) => appliesTo(rule, target)),
    })),
    ...(each === 'target' ? [] : numbered.map((rule) => ({ name: `rule_${rule.number}`, rules: [rule] }))),
  ];
  const header = `# METADATA\n# title: Entrypoints\n# description: ${origin}\npackage agentid.main\n`;
  return {
    module: [header, ...judges.map((judge) => judgeModule(judge.name, judge.rules))].join('\n'),
    paths: judges.map(({ name }) => `agentid/main/${name}`),
  };
}

// References are spelled out: rules of different domains may have one name, and a name may be one of ours.
function judgeModule(name: string, rules: readonly (EntryRule & { readonly number: number })[]): string {
  const rows = rules.map(({ number, package: path }) => `\t[${number}, data.${path}.findings],`);
  return `# METADATA
# description: The judgement of each document in \`input.docs\`, in order.
# entrypoint: true
${name} := [judgement |
	some doc in input.docs
	judgement := judged_${name} with input as doc
]

judged_${name} := {
	"ref": input.ref,
	"ran": count(results_${name}),
	"findings": found_${name},
}

found_${name} := [[number, finding] |
	some [number, findings] in results_${name}
	some finding in findings
]

results_${name} := [
${rows.join('\n')}
]
`;
}

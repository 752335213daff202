import { suggest } from '../util/suggest.ts';
import { quoted } from './schema-problems.ts';
import type { SourceProblemCode } from './problem.ts';

/** Why groups of built-in functions are not there, and what to do instead. The first that fits a name counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^time\.(?:now_ns|clock|date|weekday|diff)$/,
    'Policies have no clock: import data.agentid.lib.run and compare with run.now, in seconds since 1970.',
  ],
  [/^time\./, 'The input has times in seconds since 1970 (credentials[_].start and .end); compare numbers.'],
  [
    /^sprintf$/,
    'Findings have no prose: put the values into the arguments, and words and {placeholders} into custom.message. A template string joins text: $"{a}-{b}".',
  ],
  [
    /^strings\.(?:render_template|count|replace_n|any_)/,
    'Take a string function that is there, such as replace, split, contains, startswith or endswith.',
  ],
  [
    /^(?:internal\.)?print$|^trace$/,
    'A rule answers with findings and writes nothing. Remove the call; unit tests may print.',
  ],
  [
    /^(?:http\.|net\.lookup|providers\.|opa\.runtime$)/,
    'Rules reach no network and see nothing of the machine: put the facts into a table, data/<name>.json.',
  ],
  [/^(?:rand\.|uuid\.)/, 'The same input must give the same findings: nothing here is random.'],
  [
    /^(?:crypto\.|io\.jwt\.|hex\.)/,
    'Rules see no secrets, keys or tokens: judge what the facts tell about them.',
  ],
  [/^(?:json|yaml|graphql|rego)\./, 'The facts are values already: read them with object.get and iteration.'],
  [
    /^(?:base64|base64url|urlquery|uri)\./,
    'data.agentid.lib.uris reads addresses; encoded text is not decoded.',
  ],
  [
    /^(?:re_match|regex\.)/,
    'regex.match and regex.find_all_string_submatch_n are there; prefer startswith, contains and glob.match.',
  ],
  [/^glob\./, 'glob.match is there; data.agentid.lib.wildcard has patterns with * and ?.'],
  [
    /^(?:all|any|cast_\w+|set_diff)$/,
    'OPA gave it up: use every, some, is_string and the like, or the operator "-".',
  ],
  [/^(?:object\.(?:subset|union_n))$/, 'object.union, object.get and iteration are there.'],
];

const OTHERWISE = "It is not part of OPA's WebAssembly, in which rules run.";

export type FunctionWords = {
  readonly code: SourceProblemCode;
  readonly message: string;
  readonly hint: string;
};

export type FunctionNames = {
  /** Names of every built-in function of OPA, and of those that rules may call. */
  readonly functions: { readonly every: readonly string[]; readonly available: readonly string[] };
  /** Names of the built-in helpers. */
  readonly helpers: readonly string[];
};

/** What to say about a function that OPA does not find: it is not there for rules, or not there at all. */
export function missingFunction(name: string, { functions, helpers }: FunctionNames): FunctionWords {
  const { every, available } = functions;
  const [head = ''] = name.split('.');
  const shown = name.replace(/^internal\.print$/, 'print');
  if (every.includes(name)) {
    const [, hint = OTHERWISE] = REASONS.find(([names]) => names.test(name)) ?? [];
    return { code: 'rules-unavailable-function', message: `${shown} is not available to rules.`, hint };
  }
  if (helpers.includes(head))
    return { code: 'rules-unknown-function', message: `${head} is not imported.`, hint: importHint(head) };
  const near = suggest(
    name,
    available.filter((known) => !known.startsWith('internal.')),
  );
  return {
    code: 'rules-unknown-function',
    message: `There is no function ${shown}.`,
    hint:
      near === null
        ? 'Check the spelling, and that its package is imported.'
        : `Did you mean ${quoted(near)}?`,
  };
}

export function importHint(helper: string): string {
  return `Import it: import data.agentid.lib.${helper}`;
}

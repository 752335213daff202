import { ruleMetadataKeys, validateRuleMetadata } from '../../schemas/generated/rule-metadata.mjs';
import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { RESOURCE_KINDS } from '../model/vocabulary.ts';
import type { RuleMetadata } from '../policy/types.ts';
import { packageAnnotation, type Annotation } from './annotation.ts';
import type { RuleFile } from './folder.ts';
import { sourceProblem } from './problem.ts';
import { quoted, schemaProblems, unknownKey, type Checked } from './schema-problems.ts';
import { problemsOfRule } from './rule-metadata.ts';
import { placeOfNode } from './tree.ts';
import { OpaPlaces } from './opa-places.ts';
import { isObject } from '../util/is-object.ts';

export type ReadMetadata =
  | { readonly ok: true; readonly rule: RuleMetadata; readonly annotation: Annotation }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The catalogue entry of a rule from its METADATA. What is wrong is told at the line where it stands. */
export function ruleMetadata(file: RuleFile, tree: SyntaxTree): ReadMetadata {
  const annotation = packageAnnotation(tree, file.uri, file.text);
  if (annotation === null) return { ok: false, problems: [noMetadata(file, tree)] };
  const checked = checkedOf(file.uri, annotation);
  const problems = [
    ...unknownTopKeys(annotation, checked),
    ...schemaProblems(validateRuleMetadata(annotation.value), checked),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const rule = toMetadata(file.id, annotation.value as unknown as Metadata);
  const mistakes = [...catalogueProblems(rule, checked), ...messageProblems(rule, checked)];
  return mistakes.length > 0 ? { ok: false, problems: mistakes } : { ok: true, rule, annotation };
}

/** An annotation that fits schemas/rule-metadata.schema.json. */
type Metadata = {
  readonly title: string;
  readonly description: string;
  readonly related_resources?: readonly { readonly ref: string; readonly description?: string }[];
  readonly custom: {
    readonly severity: RuleMetadata['severity'];
    readonly applies_to: RuleMetadata['appliesTo'];
    readonly message: string;
    readonly remediation: string;
    readonly requires?: RuleMetadata['requires'];
    readonly options?: RuleMetadata['options'];
    readonly controls?: Readonly<Record<string, readonly string[]>>;
    readonly wave?: RuleMetadata['wave'];
    readonly sources?: RuleMetadata['surfaces'];
    readonly since?: string;
    readonly aliases?: readonly string[];
    readonly off_unless?: string;
    readonly waivable?: boolean;
  };
};

function toMetadata(
  id: string,
  { title, description, related_resources: related = [], custom }: Metadata,
): RuleMetadata {
  const { requires = [], options = {}, controls = {}, wave = 1, since = '0.1.0', aliases = [] } = custom;
  return {
    id,
    title,
    description: description.trim().replaceAll(/(?<!\n)\n(?!\n)/g, ' '),
    severity: custom.severity,
    wave,
    appliesTo: custom.applies_to,
    requires,
    surfaces: custom.sources ?? [...new Set(custom.applies_to.map((kind) => RESOURCE_KINDS[kind].surface))],
    message: custom.message,
    remediation: custom.remediation.trim(),
    controls: Object.entries(controls).flatMap(([framework, ids]) =>
      ids.map((control) => ({ framework, id: control })),
    ),
    references: related.map(({ ref, description: words = ref }) => ({ title: words, url: ref })),
    options,
    since,
    aliases,
    ...(custom.waivable === undefined ? {} : { waivable: custom.waivable }),
    ...(custom.off_unless === undefined ? {} : { offUnless: custom.off_unless }),
  };
}

function checkedOf(uri: string, { value, rangeOf, rangeOfKey }: Annotation): Checked {
  return {
    uri,
    value,
    keys: ruleMetadataKeys,
    codes: {
      unknown: 'rules-metadata-unknown-key',
      missing: 'rules-metadata-missing-key',
      invalid: 'rules-metadata-invalid-value',
    },
    whole: 'METADATA',
    rangeOf,
    rangeOfKey,
  };
}

function noMetadata({ uri, text }: RuleFile, tree: SyntaxTree): Problem {
  const place = isObject(tree['package']) ? placeOfNode(tree['package']) : null;
  const range = place === null ? null : new OpaPlaces(text).token(place.row, place.column);
  return sourceProblem('rules-no-metadata', {}, { uri, range });
}

/** Keys that OPA knows and we have no use for. */
const OTHER_KEYS = ['authors', 'organizations', 'schemas', 'entrypoint', 'compile', 'labels'];

/** OPA passes over a key that it does not know. */
function unknownTopKeys({ keys }: Annotation, checked: Checked): readonly Problem[] {
  const known = [...Object.keys(ruleMetadataKeys), ...OTHER_KEYS];
  return (keys ?? []).filter((key) => !known.includes(key)).map((key) => unknownKey([key], checked));
}

/** Where the fields of the catalogue come from, when not from a key of `custom` of the same name. */
const KEYS: Readonly<Record<string, Path>> = {
  title: ['title'],
  description: ['description'],
  references: ['related_resources'],
  appliesTo: ['custom', 'applies_to'],
  surfaces: ['custom', 'sources'],
  offUnless: ['custom', 'off_unless'],
};
const PROBLEM = /^([A-Za-z][A-Za-z0-9]*)((?:\.[A-Za-z0-9_-]+|\[\d+\])*): (.+)$/s;

/** What bundles are held to, too: a rule that can be linted with can be shipped. */
function catalogueProblems(rule: RuleMetadata, checked: Checked): readonly Problem[] {
  return problemsOfRule(rule).map((problem) => {
    const [, field = '', inner = '', reason = problem] = PROBLEM.exec(problem) ?? [];
    const steps = [...inner.matchAll(/\.([^.[]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
    const path = [...(KEYS[field] ?? ['custom', field]), ...(field === 'controls' ? [] : steps)];
    return invalid(path, `${quoted([field, ...steps].join('.'))} ${reason}`, checked);
  });
}

const PLACEHOLDER = /\{[A-Za-z][A-Za-z0-9]*\}/g;

/** Marks in a message that would be shown as they are, and segments that are never left out. */
function messageProblems({ message }: RuleMetadata, checked: Checked): readonly Problem[] {
  const path = ['custom', 'message'];
  const segments = [...message.matchAll(/\[([^\][]*)\]/g)].map(([, segment = '']) => segment);
  if (segments.some((segment) => segment.match(PLACEHOLDER) === null))
    return [
      invalid(path, 'A […] segment of "message" has no {argument}, so it would never be left out', checked),
    ];
  const rest = message.replaceAll(/\[([^\][]*)\]/g, '$1').replaceAll(PLACEHOLDER, '');
  return /[{}[\]]/.test(rest)
    ? [invalid(path, '"message" has a bracket that belongs to no {argument} and no […] segment', checked)]
    : [];
}

function invalid(path: Path, sentence: string, { uri, codes, rangeOf }: Checked): Problem {
  return sourceProblem(codes.invalid, { message: `${sentence}.` }, { uri, range: rangeOf(path) });
}

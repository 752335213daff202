import type { Problem } from '../../documents/problem.ts';
import { DOMAIN_NAME, isReserved, placeOf, ruleId } from '../../sources/layout.ts';
import { sourceProblem, type SourceFault } from '../../sources/problem.ts';
import { problemOfText } from '../../sources/plain-text.ts';

/** The parts of a rule's id; the name in snake case, as files and packages have it. */
export type RuleName = { readonly domain: string; readonly name: string };

export type ReadName =
  { readonly ok: true; readonly name: RuleName } | { readonly ok: false; readonly problem: Problem };

const RULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST_ID = 100;

/** Words of Rego that the path of an import cannot end with. */
const KEYWORDS: readonly string[] = [
  ...['as', 'contains', 'default', 'else', 'every', 'false', 'if', 'import', 'in', 'not', 'null', 'package'],
  ...['some', 'true', 'with'],
];

/** Reads `<domain>/<rule-name>`. */
export function readName(id: string): ReadName {
  const [domain = '', kebab = '', ...more] = id.split('/');
  if (more.length > 0 || !DOMAIN_NAME.test(domain) || !RULE_NAME.test(kebab) || id.length > LONGEST_ID)
    return refused({
      code: 'rules-invalid-name',
      message: `${shown(id)} is no id of a rule.`,
      hint: hintFor(id),
    });
  const name = kebab.replaceAll('-', '_');
  if (isReserved(domain))
    return refused({ code: 'rules-reserved-domain', message: `${shown(domain)} is a reserved name.` });
  if (KEYWORDS.includes(name)) {
    const message = `A rule cannot be called ${shown(name)}: the word has a meaning in Rego.`;
    return refused({ code: 'rules-invalid-name', message, hint: USUAL });
  }
  if (placeOf(`${domain}/${name}.rego`).kind !== 'rule') {
    const message = 'The name of a rule cannot end with "test": its file would be taken for a unit test.';
    return refused({ code: 'rules-invalid-name', message, hint: USUAL });
  }
  return { ok: true, name: { domain, name } };
}

const USUAL = 'An id is <domain>/<rule-name> in lower case, such as ownership/team-tag.';

function hintFor(id: string): string {
  const [domain = '', kebab = '', ...more] = id
    .trim()
    .toLowerCase()
    .replace(/\.rego$/, '')
    .replaceAll(/[\s_]+/g, '-')
    .split('/');
  const near = ruleId(domain.replaceAll('-', ''), kebab);
  return more.length === 0 && readsWell(near) ? `Did you mean ${shown(near)}?` : USUAL;
}

function readsWell(id: string): boolean {
  const [domain = '', kebab = ''] = id.split('/');
  return DOMAIN_NAME.test(domain) && RULE_NAME.test(kebab) && id.length <= LONGEST_ID;
}

/** The files of a rule in the folder of its domain. */
export function fileNamesOf({ name }: RuleName) {
  return { rule: `${name}.rego`, test: `${name}_test.rego`, examples: `${name}.examples.yaml` };
}

/** Why a text is no title, as the end of a sentence; `null` when it is one. */
export function problemOfTitle(title: string): string | null {
  return title.includes('\n') ? 'must be one line' : problemOfText(title, 3, 120);
}

/** What a rule is called before anybody has given it a title. */
export function usualTitle({ name }: RuleName): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} is wrong`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > LONGEST_ID ? `${text.slice(0, LONGEST_ID)}…` : text);
}

function refused({ code, ...words }: SourceFault): ReadName {
  return { ok: false, problem: sourceProblem(code, words, { uri: null, range: null }) };
}

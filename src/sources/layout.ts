/** Names under `agentid` that are not domains: the lib, the entrypoints, and the keys of `data.agentid`. */
const RESERVED_NAMES = ['lib', 'main', 'data', 'bundle', 'tables', 'options', 'known', 'run'] as const;

/** A domain is one word: it is the first half of an id and of nothing else. */
export const DOMAIN_NAME = /^[a-z][a-z0-9]*$/;
export const SNAKE_CASE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const TABLE_FILE = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/;

/** What a file of a rule folder is for, told from its path. Paths are relative to the folder, with forward slashes. */
export type FilePlace =
  | { readonly kind: 'rule' | 'test' | 'examples'; readonly domain: string; readonly name: string }
  | { readonly kind: 'lib' | 'lib-test' | 'table'; readonly name: string }
  /** `main.rego`: the entrypoints of built rules, which are made again at every build. */
  | { readonly kind: 'main' }
  | { readonly kind: 'other' }
  | {
      readonly kind: 'misplaced';
      readonly code: 'rules-misplaced-file' | 'rules-invalid-name' | 'rules-reserved-domain';
      readonly message: string;
      readonly hint?: string;
    };

/** `<domain>/<rule-kebab>`. */
export function ruleId(domain: string, name: string): string {
  return `${domain}/${name.replaceAll('_', '-')}`;
}

export function rulePackage(domain: string, name: string): string {
  return `agentid.${domain}.${name}`;
}

export function isReserved(name: string): boolean {
  return RESERVED_NAMES.some((reserved) => reserved === name);
}

const REGO = /\.rego$/i;
const EXAMPLES = /\.examples\.(?:yaml|yml|json)$/i;
const OTHER: FilePlace = { kind: 'other' };

export function placeOf(path: string): FilePlace {
  const steps = path.split('/');
  const [folder = '', file = ''] = steps;
  if (folder === 'data' && steps.length === 2 && /\.json$/i.test(file)) return tablePlace(file);
  if (!REGO.test(path) && !EXAMPLES.test(path)) return OTHER;
  if (steps.length !== 2) return misplaced(path, steps);
  if (folder === 'lib') return libPlace(file);
  if (isReserved(folder)) {
    return {
      kind: 'misplaced',
      code: 'rules-reserved-domain',
      message: `"${folder}" is not a domain: the name is reserved.`,
    };
  }
  if (!DOMAIN_NAME.test(folder))
    return invalidName(`The domain "${folder}"`, 'one word in lower case, such as ownership');
  return rulePlace(folder, file);
}

export const IN_NO_DOMAIN = 'The file stands in no domain.';

function misplaced(path: string, steps: readonly string[]): FilePlace {
  if (path === 'main.rego') return { kind: 'main' };
  return {
    kind: 'misplaced',
    code: 'rules-misplaced-file',
    message:
      steps.length === 1
        ? IN_NO_DOMAIN
        : `The file stands ${steps.length - 1} folders deep; the rules of a domain stand in its folder itself.`,
  };
}

function libPlace(file: string): FilePlace {
  if (EXAMPLES.test(file)) return OTHER;
  const name = file.replace(REGO, '');
  if (!SNAKE_CASE.test(name) || !file.endsWith('.rego')) return invalidFile(file);
  return { kind: name.endsWith('_test') ? 'lib-test' : 'lib', name };
}

function tablePlace(file: string): FilePlace {
  const stem = file.slice(0, -'.json'.length);
  if (!TABLE_FILE.test(stem) || !file.endsWith('.json'))
    return invalidName(`The table "${file}"`, 'lower case with "-" or "_", such as cost-centers.json');
  const name = stem.replaceAll('-', '_');
  return isReserved(name)
    ? invalidName(`The table "${file}"`, 'none of the reserved ones')
    : { kind: 'table', name };
}

function rulePlace(domain: string, file: string): FilePlace {
  if (EXAMPLES.test(file)) {
    const name = file.replace(EXAMPLES, '');
    if (!file.endsWith('.examples.yaml'))
      return invalidName(`The name "${file}"`, `the rule's with .examples.yaml: ${name}.examples.yaml`);
    return SNAKE_CASE.test(name) ? { kind: 'examples', domain, name } : invalidFile(file);
  }
  const name = file.replace(REGO, '');
  if (!SNAKE_CASE.test(name) || !file.endsWith('.rego')) return invalidFile(file);
  if (name === 'test') return invalidFile(file);
  return name.endsWith('_test')
    ? { kind: 'test', domain, name: name.slice(0, -'_test'.length) }
    : { kind: 'rule', domain, name };
}

function invalidFile(file: string): FilePlace {
  return invalidName(`The name "${file}"`, 'lower snake case, such as team_tag.rego');
}

function invalidName(what: string, wanted: string): FilePlace {
  return { kind: 'misplaced', code: 'rules-invalid-name', message: `${what} must be ${wanted}.` };
}

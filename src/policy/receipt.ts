import { PolicyError } from './policy-error.ts';
import type { ArgValue } from './types.ts';
import type { Path } from '../documents/pointer.ts';
import { isObject } from '../util/is-object.ts';

/** What the policy said about one document of a chunk. */
export type Judgement = {
  readonly findings: readonly PolicyFinding[];
};

export type PolicyFinding = {
  /** Place of the rule in the catalogue. */
  readonly rule: number;
  readonly path: Path;
  readonly args: { readonly [name: string]: ArgValue };
  readonly related: readonly { readonly message: string; readonly resource?: number; readonly path: Path }[];
};

/**
 * Reads the answer for a chunk and checks its receipts: one judgement a document, in order, for the document
 * that was sent, by as many rules as apply, with findings of no other rule. `rules` are the catalogue numbers of those.
 * @throws {PolicyError} with code `receipt` when the answer does not account for everything that was asked
 */
export function readJudgements(
  answer: unknown,
  refs: readonly string[],
  rules: readonly number[],
): readonly Judgement[] {
  if (!Array.isArray(answer) || answer.length !== refs.length) {
    const got = Array.isArray(answer) ? answer.length : 'no';
    throw new PolicyError('receipt', `the policy answered for ${got} of ${refs.length} resources`);
  }
  return answer.map((entry: unknown, index) => readJudgement(entry, refs[index], rules));
}

function readJudgement(entry: unknown, ref: string | undefined, rules: readonly number[]): Judgement {
  if (!isObject(entry) || entry['ref'] !== ref)
    throw new PolicyError('receipt', 'the policy answered for another resource');
  if (entry['ran'] !== rules.length) {
    const ran = typeof entry['ran'] === 'number' ? entry['ran'] : 'an unknown number';
    throw new PolicyError('receipt', `${ran} of ${rules.length} rules ran`);
  }
  const findings = entry['findings'];
  if (!Array.isArray(findings)) throw new PolicyError('receipt', 'the policy gave no list of findings');
  return { findings: findings.map((finding) => readFinding(finding, rules)) };
}

function readFinding(entry: unknown, rules: readonly number[]): PolicyFinding {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'number' || !isObject(entry[1]))
    throw malformed();
  if (!rules.includes(entry[0])) throw new PolicyError('receipt', 'the policy answered for another rule');
  const { path, args, related } = entry[1];
  if (!isPath(path) || !isArgs(args)) throw malformed();
  return { rule: entry[0], path, args, related: related === undefined ? [] : readRelated(related) };
}

function readRelated(related: unknown): PolicyFinding['related'] {
  if (!Array.isArray(related)) throw malformed();
  return related.map((entry: unknown) => {
    if (!isObject(entry)) throw malformed();
    const { message, path, resource } = entry;
    if (typeof message !== 'string' || !isPath(path)) throw malformed();
    if (resource === undefined) return { message, path };
    if (!isIndex(resource)) throw malformed();
    return { message, path, resource };
  });
}

function malformed(): PolicyError {
  return new PolicyError('receipt', 'a finding is not of the form { path, args }');
}

function isPath(value: unknown): value is Path {
  return Array.isArray(value) && value.every((step) => typeof step === 'string' || isIndex(step));
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isArgs(value: unknown): value is PolicyFinding['args'] {
  return isObject(value) && Object.values(value).every(isArg);
}

function isArg(value: unknown): value is ArgValue {
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string');
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  );
}

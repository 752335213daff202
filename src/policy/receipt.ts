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

/** What an answer of a policy that is not ours may say. */
export type AnswerBounds = {
  /** Findings of one resource. */
  readonly findings: number;
  /** How many resources the run has: a finding may point into each of them. */
  readonly resources: number;
};

const UNBOUNDED: AnswerBounds = { findings: Infinity, resources: Infinity };

/**
 * Reads the answer for a chunk and checks its receipts: one judgement a document, in order, for the document
 * that was sent, by as many rules as apply, with findings of no other rule. `rules` are the catalogue numbers of those.
 * @throws {PolicyError} with code `receipt` when the answer does not account for everything that was asked
 */
export function readJudgements(
  answer: unknown,
  refs: readonly string[],
  rules: readonly number[],
  bounds: AnswerBounds = UNBOUNDED,
): readonly Judgement[] {
  if (!Array.isArray(answer) || answer.length !== refs.length) {
    const got = Array.isArray(answer) ? answer.length : 'no';
    throw new PolicyError('receipt', `the policy answered for ${got} of ${refs.length} resources`);
  }
  return answer.map((entry: unknown, index) => readJudgement(entry, refs[index], { rules, ...bounds }));
}

type Asked = AnswerBounds & { readonly rules: readonly number[] };

function readJudgement(entry: unknown, ref: string | undefined, asked: Asked): Judgement {
  if (!isObject(entry) || entry['ref'] !== ref)
    throw new PolicyError('receipt', 'the policy answered for another resource');
  if (entry['ran'] !== asked.rules.length) {
    const ran = typeof entry['ran'] === 'number' ? entry['ran'] : 'an unknown number';
    throw new PolicyError('receipt', `${ran} of ${asked.rules.length} rules ran`);
  }
  const findings = entry['findings'];
  if (!Array.isArray(findings)) throw new PolicyError('receipt', 'the policy gave no list of findings');
  if (findings.length > asked.findings)
    throw new PolicyError('receipt', `the policy has more than ${asked.findings} findings for one resource`);
  return { findings: findings.map((finding) => readFinding(finding, asked)) };
}

function readFinding(entry: unknown, { rules, resources }: Asked): PolicyFinding {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'number' || !isObject(entry[1]))
    throw malformed();
  if (!rules.includes(entry[0])) throw new PolicyError('receipt', 'the policy answered for another rule');
  const { path, args, related } = entry[1];
  if (!isPath(path) || !isArgs(args)) throw malformed();
  return {
    rule: entry[0],
    path,
    args,
    related: related === undefined ? [] : readRelated(related, resources),
  };
}

function readRelated(related: unknown, resources: number): PolicyFinding['related'] {
  if (!Array.isArray(related)) throw malformed();
  return related.map((entry: unknown) => {
    if (!isObject(entry)) throw malformed();
    const { message, path, resource } = entry;
    if (typeof message !== 'string' || !isPath(path)) throw malformed();
    if (resource === undefined) return { message, path };
    if (!isIndex(resource)) throw malformed();
    if (resource >= resources)
      throw new PolicyError('receipt', 'a finding points at a resource that is not there');
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

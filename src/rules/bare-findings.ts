import { PolicyError } from '../policy/policy-error.ts';
import { readJudgements, type PolicyFinding } from '../policy/receipt.ts';
import { canonicalJson } from '../sources/canonical-json.ts';

/** A finding as a policy gives it: where, and with which arguments. */
export type BareFinding = Omit<PolicyFinding, 'rule'>;

/** Whether OPA's value for a set of findings holds these and no others. */
export function areFindings(value: unknown, findings: readonly BareFinding[]): boolean {
  const read = readFindings(value);
  return read !== null && fingerprint(read) === fingerprint(findings);
}

/** Read as the answers of the engine are; `null` for what the engine would refuse. */
function readFindings(value: unknown): readonly BareFinding[] | null {
  if (!Array.isArray(value)) return null;
  const answer = [{ ref: '', ran: 1, findings: value.map((finding: unknown) => [0, finding]) }];
  try {
    return readJudgements(answer, [''], [0]).flatMap(({ findings }) => findings);
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}

/** Equal for equal sets. */
function fingerprint(findings: readonly BareFinding[]): string {
  const texts = findings.map(({ path, args, related }) => canonicalJson({ path, args, related }));
  return texts.sort().join('\n');
}

import type { Finding } from '../../findings/finding.ts';
import type { Report, ReportedResource, RuleChecks } from '../../findings/report.ts';
import { resourceLookUp } from '../resource-of.ts';
import { skipWords } from '../skip-words.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { findingResult } from './finding-result.ts';
import { problemCase } from './problem-case.ts';
import { PASSED, type TestCase, type TestSuite } from './suite.ts';

/** Cases that did not fail and are told as a number, by what they are called together. */
export type Together = ReadonlyMap<
  string,
  { readonly rule: string; readonly skipped: string | null; readonly resources: number }
>;

type Skipped = RuleChecks['skipped'][number];

/** How cases that did not fail are told: one by one, as a number for each rule, or not at all. */
export type Detail = {
  readonly passed: 'each' | 'together' | 'none';
  readonly skipped: 'each' | 'together';
};

/**
 * A suite for each file, or for each kind of object of a tenant, with a case for every rule that was asked of a resource;
 * cases that are told together are counted instead.
 */
export function resourceSuites(
  report: Report,
  detail: Detail,
): { readonly suites: readonly TestSuite[]; readonly together: Together } {
  const suites = new SuiteBuilder(report, detail);
  for (const resource of report.resources) suites.addResource(resource);
  suites.addOtherFindings();
  for (const problem of report.problems) {
    if (problem.uri !== null) suites.add(problem.uri, problemCase(problem));
  }
  return suites.result();
}

/** Whose case a finding belongs to. */
type Owner = Pick<ReportedResource, 'ref' | 'name' | 'kind'> & {
  readonly location: { readonly kind: 'file' | 'tenant'; readonly uri: string };
};

class SuiteBuilder {
  readonly #cases = new Map<string, TestCase[]>();
  readonly #together = new Map<string, { rule: string; skipped: string | null; resources: number }>();
  readonly #findings = new Map<string, { readonly owner: Owner; readonly findings: Finding[] }>();
  /** Cases that findings were told in: two resources of one file may be the same one. */
  readonly #told = new Set<string>();
  readonly #urls: ReadonlyMap<string, string | null>;
  readonly #checks: Report['checks'];
  readonly #detail: Detail;

  constructor({ findings, resources, rules, checks }: Report, detail: Detail) {
    this.#urls = new Map(rules.map(({ id, url }) => [id, url]));
    this.#checks = checks;
    this.#detail = detail;
    const resourceOf = resourceLookUp(resources);
    for (const finding of findings) {
      const { resource, location } = finding;
      const owner = resourceOf(finding) ?? { ...resource, location };
      const key = caseKey(owner, finding.rule);
      const group = this.#findings.get(key);
      if (group === undefined) this.#findings.set(key, { owner, findings: [finding] });
      else group.findings.push(finding);
    }
  }

  add(suite: string, testCase: TestCase): void {
    const cases = this.#cases.get(suite);
    if (cases === undefined) this.#cases.set(suite, [testCase]);
    else cases.push(testCase);
  }

  addResource(resource: ReportedResource): void {
    if (resource.broken !== null) {
      const result = { kind: 'error', type: 'not judged', message: resource.broken, body: [] } as const;
      this.add(suiteOf(resource), { subject: 'agentid-lint', name: `judging: ${thing(resource)}`, result });
    }
    const { evaluated, skipped } = this.#checks[resource.checks] ?? { evaluated: [], skipped: [] };
    for (const rule of evaluated) {
      if (!this.#addFindings(resource, rule)) this.#addPassed(resource, rule);
    }
    for (const skip of skipped) {
      if (!this.#addFindings(resource, skip.rule)) this.#addSkipped(resource, skip);
    }
  }

  /** Findings of resources that are not listed, or of rules that are not said to have been asked. */
  addOtherFindings(): void {
    for (const { owner, findings } of [...this.#findings.values()]) {
      const rule = findings[0]?.rule ?? '';
      this.#addFindings(owner, rule);
    }
  }

  result(): { readonly suites: readonly TestSuite[]; readonly together: Together } {
    const suites = Array.from(this.#cases, ([name, cases]) => ({ name, properties: [], cases }));
    return { suites, together: this.#together };
  }

  /** Whether there are any, or were. */
  #addFindings(owner: Owner, rule: string): boolean {
    const key = caseKey(owner, rule);
    const group = this.#findings.get(key);
    if (group === undefined) return this.#told.has(key);
    this.#findings.delete(key);
    this.#told.add(key);
    const result = findingResult(group.findings, this.#urls.get(rule) ?? null);
    this.add(suiteOf(owner), { subject: rule, name: caseName(owner, rule), result });
    return true;
  }

  #addPassed(resource: ReportedResource, rule: string): void {
    if (resource.broken !== null || this.#detail.passed === 'none') return;
    if (this.#detail.passed === 'together') this.#count(rule, null);
    else this.add(suiteOf(resource), { subject: rule, name: caseName(resource, rule), result: PASSED });
  }

  #addSkipped(resource: ReportedResource, skip: Skipped): void {
    const message = skipWords(skip);
    if (this.#detail.skipped === 'together') {
      this.#count(skip.rule, message);
      return;
    }
    const name = caseName(resource, skip.rule);
    this.add(suiteOf(resource), { subject: skip.rule, name, result: { kind: 'skipped', message } });
  }

  #count(rule: string, skipped: string | null): void {
    const key = JSON.stringify([rule, skipped]);
    const before = this.#together.get(key)?.resources ?? 0;
    this.#together.set(key, { rule, skipped, resources: before + 1 });
  }
}

function suiteOf({ location, kind }: Owner): string {
  return location.kind === 'file' ? location.uri : KIND_WORDS[kind][1];
}

function caseName(owner: Owner, rule: string): string {
  return `${rule}: ${thing(owner)}`;
}

/** `blueprint "invoice-bot"`; in a tenant, where names are no identity, with its address in Graph. */
function thing({ kind, name, location }: Owner): string {
  const words = `${KIND_WORDS[kind][0]} "${name}"`;
  return location.kind === 'file' ? words : `${words} (${location.uri})`;
}

function caseKey({ ref, location }: Owner, rule: string): string {
  return JSON.stringify([ref, location.uri, rule]);
}

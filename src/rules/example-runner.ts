import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { openJudges } from '../lint/judges.ts';
import type { LintRequest } from '../lint/request.ts';
import { lintWith } from '../lint.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { Catalogue, RuleMetadata, RuleOutcome } from '../policy/types.ts';
import type { ExampleCase } from '../sources/examples.ts';

/** The moment that examples are judged at, so that they never grow old. */
const EXAMPLE_TIME = '2026-11-23T00:00:00Z';

/** What came of an example. */
export type ExampleRun = {
  /** Of the example's rule, in the order of their places. */
  readonly findings: readonly Finding[];
  readonly outcome: RuleOutcome | undefined;
  /** Sentences about what kept the manifest from being read or judged. */
  readonly problems: readonly string[];
  /** Resources that were judged. */
  readonly judged: number;
};

export type ExampleRunner = {
  /** Lints an example's manifest, or another text in its place, with the example's rule alone. */
  readonly run: (example: ExampleCase, source?: string) => Promise<ExampleRun>;
  readonly close: () => void;
};

/**
 * Runs examples of one rule through the whole pipeline.
 * @throws {PolicyError} when the bundle cannot be used at all
 */
export async function exampleRunner(rule: RuleMetadata, bundle: PolicyBundle): Promise<ExampleRunner> {
  const judges = await openJudges([bundle]);
  return {
    run: async (example, source = example.source) =>
      toRun(rule.id, await lintWith(judges, requestFor({ rule, bundle, example, source }))),
    close: () => {
      judges.close();
    },
  };
}

type Request = {
  readonly rule: RuleMetadata;
  readonly bundle: PolicyBundle;
  readonly example: ExampleCase;
  readonly source: string;
};

function requestFor({ rule, bundle, example, source }: Request): LintRequest {
  const { file, companions = [], config = {}, relationships = 'declared' } = example;
  const effective = { key: 'example', rules: settingsOf(bundle.catalogue, rule, config) };
  return {
    cwd: '/',
    paths: [],
    texts: [
      { uri: file, text: source },
      ...companions.map((each) => ({ uri: each.file, text: each.source })),
    ],
    files: { root: '/', exclude: [], respectGitignore: false, maxFileSize: 10 * 1024 * 1024 },
    hintsFor: () => ({ relationships }),
    isManifest: () => false,
    settingsFor: () => effective,
    production: DEFAULT_PRODUCTION,
    failOn: 'none',
    allowEmpty: true,
    allowIncomplete: true,
    bundles: [bundle],
    version: '0.0.0',
    now: EXAMPLE_TIME,
  };
}

/** What marks production when a config says nothing about it; the same as `DEFAULTS` in config/. */
export const DEFAULT_PRODUCTION: LintRequest['production'] = {
  environments: ['production', 'prod'],
  tags: ['production', 'prod'],
};

/** Every rule but the example's is off. */
function settingsOf(
  { rules }: Catalogue,
  { id }: RuleMetadata,
  config: Readonly<Record<string, unknown>>,
): ReturnType<LintRequest['settingsFor']>['rules'] {
  return Object.fromEntries(
    rules.map((rule) => {
      const defaults = Object.entries(rule.options).map(([name, option]) => [name, option.default] as const);
      const options = { ...Object.fromEntries(defaults), ...(rule.id === id ? config : {}) };
      const severity = rule.id === id ? rule.severity : 'off';
      return [rule.id, { severity, severityInProduction: null, options }] as const;
    }),
  );
}

function toRun(rule: string, { findings, outcomes, problems, ledger }: Report): ExampleRun {
  return {
    findings,
    outcome: outcomes.find((outcome) => outcome.rule === rule),
    problems: problems.map(({ uri, range, message }) => {
      const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
      return `${uri ?? ''}${place}: ${message}`;
    }),
    judged: ledger.resources.judged,
  };
}

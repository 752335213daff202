import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { openJudges } from '../lint/judges.ts';
import type { LintRequest } from '../lint/request.ts';
import { lintWith } from '../lint.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import { isTenantExample } from '../policy/example.ts';
import type { Catalogue, RuleMetadata, RuleOutcome } from '../policy/types.ts';
import { scanSource } from '../scan.ts';
import type { ExampleCase, FileExampleCase, TenantExampleCase } from '../sources/examples.ts';
import { exampleSnapshot } from './example-tenant.ts';

/** The moment that examples are judged at, so that they never grow old. */
const EXAMPLE_TIME = '2026-11-23T00:00:00Z';
const VERSION = '0.0.0';

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
  /** Judges an example, or what is left of it after its remedy, with the example's rule alone. */
  readonly run: (example: ExampleCase, state?: 'after-remedy') => Promise<ExampleRun>;
  readonly close: () => void;
};

/**
 * Runs examples of one rule through the whole pipeline.
 * @throws {PolicyError} when the bundle cannot be used at all
 */
export async function exampleRunner(rule: RuleMetadata, bundle: PolicyBundle): Promise<ExampleRunner> {
  const judges = await openJudges([bundle]);
  return {
    run: async (example, state) => {
      const isFixed = state === 'after-remedy';
      const report = isTenantExample(example)
        ? await scanExample({ rule, bundle, example, isFixed })
        : await lintWith(judges, requestFor({ rule, bundle, example, isFixed }));
      return toRun(rule.id, report);
    },
    close: () => {
      judges.close();
    },
  };
}

type Asked<Example extends ExampleCase> = {
  readonly rule: RuleMetadata;
  readonly bundle: PolicyBundle;
  readonly example: Example;
  readonly isFixed: boolean;
};

function scanExample({ rule, bundle, example, isFixed }: Asked<TenantExampleCase>): Promise<Report> {
  const { tenant, fixed = {}, missing = [], config = {} } = example;
  const streams = isFixed ? { ...tenant, ...fixed } : tenant;
  const settings = { key: 'example', rules: settingsOf(bundle.catalogue, rule, config) };
  return scanSource(exampleSnapshot({ streams, missing, time: EXAMPLE_TIME, version: VERSION }), {
    snapshot: '/example',
    settingsFor: () => settings,
    production: DEFAULT_PRODUCTION,
    failOn: 'none',
    allowEmpty: true,
    allowIncomplete: true,
    expectMin: null,
    bundles: [bundle],
    version: VERSION,
    now: null,
  });
}

function requestFor({ rule, bundle, example, isFixed }: Asked<FileExampleCase>): LintRequest {
  const { file, source, fixed = source, companions = [], config = {}, relationships = 'declared' } = example;
  const effective = { key: 'example', rules: settingsOf(bundle.catalogue, rule, config) };
  return {
    cwd: '/',
    paths: [],
    texts: [
      { uri: file, text: isFixed ? fixed : source },
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
    version: VERSION,
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
      return [
        rule.id,
        { severity, severityInProduction: null, waivable: true, allowInline: true, options },
      ] as const;
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

import type { Reporter } from './reporter.ts';

type ReporterEntry = {
  readonly description: string;
  /** Of a file that holds such a report, without a dot. */
  readonly extension: string;
  readonly load: () => Promise<Reporter>;
};

const loadJson = async (): Promise<Reporter> => (await import('./json.ts')).json;

/** Every format a report can be written in, by the name that `--format` takes. A reporter is loaded when it is used. */
export const REPORTERS = {
  pretty: {
    description: 'for people: every finding with its source, and a summary',
    extension: 'txt',
    load: async () => (await import('./pretty.ts')).pretty,
  },
  compact: {
    description: 'one line for each finding: path:line:col: severity rule message',
    extension: 'txt',
    load: async () => (await import('./compact.ts')).compact,
  },
  json: {
    description: 'for programs: the newest JSON report (json-v1)',
    extension: 'json',
    load: loadJson,
  },
  'json-v1': {
    description: 'for programs: version 1 of the JSON report (schemas/report.schema.json)',
    extension: 'json',
    load: loadJson,
  },
  ndjson: {
    description: 'for programs that read lines: the JSON report as an object a line',
    extension: 'ndjson',
    load: async () => (await import('./ndjson.ts')).ndjson,
  },
  sarif: {
    description: 'for code scanning (GitHub and others): SARIF 2.1.0',
    extension: 'sarif',
    load: async () => (await import('./sarif.ts')).sarif,
  },
  github: {
    description: 'annotations for GitHub, as workflow commands; with --format also the job summary',
    extension: 'txt',
    load: async () => (await import('./github.ts')).github,
  },
  'gitlab-codequality': {
    description: 'for GitLab: a Code Quality report',
    extension: 'json',
    load: async () => (await import('./gitlab-codequality.ts')).gitlabCodeQuality,
  },
  azuredevops: {
    description: 'issues for Azure Pipelines, as logging commands',
    extension: 'txt',
    load: async () => (await import('./azuredevops.ts')).azuredevops,
  },
  junit: {
    description: 'JUnit XML: a case for each rule and resource',
    extension: 'xml',
    load: async () => (await import('./junit.ts')).junit,
  },
  markdown: {
    description: "GitHub's Markdown: the whole report",
    extension: 'md',
    load: async () => (await import('./markdown.ts')).markdown,
  },
  'markdown-summary': {
    description: "GitHub's Markdown: one page with the worst findings",
    extension: 'md',
    load: async () => (await import('./markdown-summary.ts')).markdownSummary,
  },
  html: {
    description: 'one page for people: verdict, pictures, findings, inventory, rules, receipt',
    extension: 'html',
    load: async () => (await import('./html.ts')).html,
  },
  csv: {
    description: 'for spreadsheets: a row for the verdict and for each problem, gap and finding',
    extension: 'csv',
    load: async () => (await import('./csv.ts')).csv,
  },
  ocsf: {
    description: 'for SIEMs: OCSF Detection Findings, one JSON object a line',
    extension: 'ndjson',
    load: async () => (await import('./ocsf.ts')).ocsf,
  },
} as const satisfies { readonly [name: string]: ReporterEntry };

export type ReporterName = keyof typeof REPORTERS;

export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(REPORTERS, name);
}

export function loadReporter(name: ReporterName): Promise<Reporter> {
  return REPORTERS[name].load();
}

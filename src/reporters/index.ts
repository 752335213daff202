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
} as const satisfies { readonly [name: string]: ReporterEntry };

export type ReporterName = keyof typeof REPORTERS;

export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(REPORTERS, name);
}

export function loadReporter(name: ReporterName): Promise<Reporter> {
  return REPORTERS[name].load();
}

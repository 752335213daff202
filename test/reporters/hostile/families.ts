import type { ReporterName } from '../../../src/reporters/index.ts';

/** Formats by who reads them, with how many fields each shows at least: a test file for each family. */
export const FAMILIES = {
  logs: { pretty: 20, compact: 10, github: 15, azuredevops: 15 },
  data: { json: 81, ndjson: 20, csv: 20, ocsf: 20 },
  services: { sarif: 20, 'gitlab-codequality': 15, junit: 20 },
  pages: { markdown: 20, 'markdown-summary': 20, html: 20 },
} as const satisfies Readonly<Record<string, { readonly [format in ReporterName]?: number }>>;

/** The entries of an object whose keys are known. */
export function entriesOf<K extends ReporterName>(
  family: Readonly<Record<K, number>>,
): readonly (readonly [K, number])[] {
  return Object.entries(family) as unknown as readonly (readonly [K, number])[];
}

import type { ReporterName } from '../../../src/reporters/index.ts';
import { inCsv } from './csv-detector.ts';
import type { Detector } from './harm.ts';
import { inHtml } from './html-detector.ts';
import { inJson, inNdjson, inSarif } from './json-detectors.ts';
import { inMarkdown } from './markdown-detector.ts';
import { inCommands, inLines, inTerminals } from './text-detectors.ts';
import { inXml } from './xml-detector.ts';

/** Who looks for what is alive, for each format: one that is not here cannot be registered. */
export const DETECTORS: Readonly<Record<ReporterName, Detector>> = {
  pretty: inTerminals,
  compact: inLines,
  json: inJson,
  'json-v1': inJson,
  ndjson: inNdjson,
  sarif: inSarif,
  github: inCommands,
  'gitlab-codequality': inJson,
  azuredevops: inCommands,
  junit: inXml,
  markdown: inMarkdown,
  'markdown-summary': inMarkdown,
  html: inHtml,
  csv: inCsv,
  ocsf: inNdjson,
};

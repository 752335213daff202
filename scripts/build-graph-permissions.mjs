// @ts-check
/**
 * Writes `policies/data/graph-permissions.json`.
 *
 *   npm run build:permissions                 merge scripts/data/permission-curation.json anew into the rows
 *                                             that the table records
 *   npm run build:permissions -- --check      fail when that would change the table
 *   npm run build:permissions -- --app-roles <GraphAppRoles.json> --delegated <GraphDelegateRoles.json> \
 *     --permissions <permissions.json> --blocked <agentid-platform-overview.md> --date <of the first two>
 *                                             read the rows from downloaded sources; see policies/data/README.md
 *
 * `--curation` and `--output` name other files than the project's own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rowsFromSources } from './permissions/sources.mjs';
import { buildTable, renderTable, rowsFromTable } from './permissions/table.mjs';

const SOURCE = [
  'merill/microsoft-info _info/GraphAppRoles.json, _info/GraphDelegateRoles.json',
  'microsoftgraph/microsoft-graph-devx-content permissions/new/permissions.json',
  'microsoftgraph/microsoft-graph-docs-contrib api-reference/v1.0/resources/agentid-platform-overview.md',
];
const SOURCES = /** @type {const} */ (['app-roles', 'delegated', 'permissions', 'blocked', 'date']);

const { values } = parseArgs({
  options: {
    'app-roles': { type: 'string' },
    delegated: { type: 'string' },
    permissions: { type: 'string' },
    blocked: { type: 'string' },
    date: { type: 'string' },
    curation: { type: 'string', default: projectFile('scripts/data/permission-curation.json') },
    output: { type: 'string', default: projectFile('policies/data/graph-permissions.json') },
    check: { type: 'boolean', default: false },
  },
});

try {
  const { rows, provenance } = SOURCES.some((name) => values[name] !== undefined)
    ? fromSources()
    : fromTable();
  const text = renderTable(buildTable(rows, json(values.curation), provenance));
  if (!values.check) writeFileSync(values.output, text);
  else if (text !== readFileSync(values.output, 'utf8'))
    throw new Error(
      'graph-permissions.json is out of date. Run npm run build:permissions and commit the result.',
    );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function fromTable() {
  const table = json(values.output);
  return {
    rows: rowsFromTable(table),
    provenance: { source: SOURCE, date: table.date, blocked_date: table.blocked_date },
  };
}

function fromSources() {
  const missing = SOURCES.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new Error(`Missing: ${missing.map((name) => `--${name}`).join(', ')}.`);
  const { 'app-roles': appRoles = '', delegated = '', permissions = '', blocked = '', date = '' } = values;
  const page = readFileSync(blocked, 'utf8');
  const sources = {
    appRoles: json(appRoles),
    delegated: json(delegated),
    permissions: json(permissions),
    blocked: page,
  };
  return {
    rows: rowsFromSources(sources),
    provenance: { source: SOURCE, date, blocked_date: pageDate(page) },
  };
}

/** @param {string} page */
function pageDate(page) {
  const [, month, day, year] = /^ms\.date: (\d{2})\/(\d{2})\/(\d{4})\s*$/m.exec(page) ?? [];
  if (year === undefined) throw new Error('The page with the blocked permissions has no ms.date.');
  return `${year}-${month}-${day}`;
}

/** @param {string} path */
function json(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @param {string} path */
function projectFile(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

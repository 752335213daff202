import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './opa.mjs';

/** The reference tables: every `policies/data/<table>.json`, under its name with `_` for `-`. */
export function readTables() {
  const folder = join(projectRoot, 'policies', 'data');
  const tables = {};
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    tables[name.slice(0, -'.json'.length).replaceAll('-', '_')] = JSON.parse(
      readFileSync(join(folder, name), 'utf8'),
    );
  }
  return tables;
}

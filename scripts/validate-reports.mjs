/**
 * Holds reports against what their formats are defined by: published schemas, and tools of others. `folder` has one file
 * for every format, `report.<format>.<extension>`. Prints a line for each, and exits with 1 when one is wrong or missing.
 *
 *   node scripts/validate-reports.mjs <folder>
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf, VALIDATORS } from './lib/validators/index.mjs';

const MOST_SHOWN = 10;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/validate-reports.mjs <folder>');
  process.exit(2);
}

const names = readdirSync(folder).filter((name) => name.startsWith('report.'));
const formats = names.map((name) => name.split('.')[1] ?? '');
const missing = Object.keys(VALIDATORS).filter((format) => !formats.includes(format));
let wrong = 0;
for (const name of names.sort()) {
  const faults = await faultsOf(name.split('.')[1] ?? '', readFileSync(join(folder, name), 'utf8'));
  report(name, faults);
}
for (const format of missing) report(format, ['there is no report in this format']);
console.log(`${names.length + missing.length - wrong} passed, ${wrong} failed`);
process.exitCode = wrong === 0 ? 0 : 1;

/**
 * @param {string} name
 * @param {readonly string[]} faults
 */
function report(name, faults) {
  console.log(`${faults.length === 0 ? 'valid  ' : 'INVALID'}  ${name}`);
  for (const fault of faults.slice(0, MOST_SHOWN)) console.log(`         ${fault}`);
  if (faults.length > MOST_SHOWN) console.log(`         and ${faults.length - MOST_SHOWN} more`);
  if (faults.length > 0) wrong += 1;
}

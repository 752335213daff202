/**
 * Writes `docs/rules/`: a page a rule and an index, from METADATA and examples in `policies/bundle/`, as
 * `agentid-lint rules docs` does for own rules. Needs `dist/`, which `npm run build` makes.
 *
 *   npm run build:docs              write the pages
 *   npm run build:docs -- --check   fail when a committed page is out of date
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from './lib/opa.mjs';
import { builtInExamples, builtInRules, rulePages } from '../dist/index.js';

const documented = builtInRules().catalogue.rules.map((rule) => ({
  rule,
  examples: builtInExamples(rule.id),
}));
const pages = rulePages(documented, 'built-in');

const folder = join(projectRoot, 'docs', 'rules');
if (process.argv.includes('--check')) check();
else write();

function write() {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of pages) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  console.log(`wrote ${pages.size} pages`);
}

function check() {
  const present = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => name.replaceAll('\\', '/'))
    : [];
  const stale = [
    ...[...pages]
      .filter(([name, text]) => !present.includes(name) || readFileSync(join(folder, name), 'utf8') !== text)
      .map(([name]) => name),
    ...present.filter((name) => !pages.has(name)),
  ];
  if (stale.length > 0) {
    console.error(
      `out of date in docs/rules: ${stale.join(', ')}. Run npm run build:docs and commit the result.`,
    );
    process.exit(1);
  }
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { CONFIG_PROBLEMS } from '../../src/config/problem.ts';
import { PROFILES, type Profile } from '../../src/config/profiles.ts';
import type { NamedSource } from '../../src/sources/named-source.ts';
import type { WrittenSource } from '../../src/sources/parse.ts';
import { ownBundle, ownRule } from './fixtures.ts';
import { loaderOf, validateForm, workspace } from './workspace.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

/** The domain of own rules in the examples. */
const OWN_DOMAIN = 'ownership/';

/** Cells of every table row of the page. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

/** The config examples of the page that stand on their own or lack nothing but `version`. */
const examples = Array.from(
  page.matchAll(/^```yaml\n(?<text>[^]*?)^```$/gm),
  ({ groups }) => groups?.['text'] ?? '',
);

describe('docs/configuration.md', () => {
  const profiles: readonly (readonly [string, Profile])[] = Object.entries(PROFILES);

  test.each(profiles)('shows the profile %s as it is', (name, { description, rules }) => {
    expect(rows).toContainEqual([`\`${name}\``, description]);
    for (const [id, { set, reason }] of Object.entries(rules)) {
      const { options, ...severities } = set;
      const settings = Object.entries({ ...severities, ...options }).map(
        ([key, value]) => `${key}: ${JSON.stringify(value).replaceAll('"', '')}`,
      );
      expect(rows).toContainEqual([`\`${id}\``, settings.join(', '), reason]);
    }
  });

  test('lists every message', () => {
    for (const [code, { title }] of Object.entries(CONFIG_PROBLEMS))
      expect(rows).toContainEqual([`\`${code}\``, title]);
  });

  test('has examples that are configs', async () => {
    expect(examples.length).toBeGreaterThan(9);
    for (const example of examples) {
      const text = example.includes('version: 1') ? example : `version: 1\n${example}`;
      const files = {
        '.git/': '',
        'agentid-lint.config.yaml': text,
        'governance/agentid-lint.yaml': 'version: 1\n',
        'node_modules/@contoso/agentid-config/agentid-lint.config.yaml': 'version: 1\n',
        'keys/governance.pem': 'not read here',
      };
      const ids = [...new Set(text.match(/[a-z]+\/[a-z]+(?:-[a-z]+)+/g))];
      const own = ids.filter((id) => id.startsWith(OWN_DOMAIN)).map((id) => ownRule(id));
      const result = await loadConfig({
        cwd: workspace(files),
        rules: ids.filter((id) => !id.startsWith(OWN_DOMAIN)).map((id) => ownRule(id)),
        validate: validateForm,
        openLoader: () => Promise.resolve({ ...loaderOf([ownBundle('./rules', own)]), read: anySource }),
      });
      expect(result).toMatchObject({ ok: true, warnings: [] });
    }
  });
});

/** As if whatever an example names were there. */
function anySource(written: WrittenSource): NamedSource {
  const name = JSON.stringify(written);
  return { ok: true, source: { kind: 'folder', name, path: `/${name}` } };
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differenceIn, writePages } from '../../src/rules/docs/folder.ts';
import { MARKER, rulePages, type Pages } from '../../src/rules/docs/pages.ts';
import { builtInExamples, builtInRules } from '../../src/rules.ts';
import { ownRule } from '../config/fixtures.ts';
import { ROOT } from '../repository/files.ts';
import { temporaryFolder } from '../sources/temporary.ts';

const TEAM_TAG = ownRule('ownership/team-tag', {
  title: 'Blueprint | has no team tag',
  description: 'A tag such as `team:claims` tells whom to call.\n\nIt does not say <b>more</b>.',
  severity: 'medium',
  appliesTo: ['blueprint', 'agent365Config'],
  requires: ['sponsors'],
  remediation: 'Add a tag.',
  controls: [
    { framework: 'nist-800-53', id: 'CM-8' },
    { framework: 'acme_policy', id: '7*' },
  ],
  references: [{ title: 'Tags', url: 'https://wiki.example/tags_(team)' }],
  options: {
    tags: { type: 'array', items: { type: 'string' }, description: 'Tags, a|b.', default: ['team:*', 'a|b'] },
  },
  since: '2.0.0',
});

const EXAMPLES = [
  {
    name: 'No *tags*',
    expect: 'fail',
    file: 'claims.yaml',
    source: 'kind: agentIdentityBlueprint\n',
    config: { tags: ['a`b'] },
    companions: [{ file: 'b.json', source: '{}' }],
  },
] as const;

describe('a page of an own rule', () => {
  const pages = rulePages([{ rule: TEAM_TAG, examples: EXAMPLES }], 'own');

  test('shows everything as text, and all that there is', () => {
    expect([...pages.keys()]).toEqual(['index.md', 'ownership/team-tag.md']);
    expect(pages.get('ownership/team-tag.md')).toBe(`# ownership/team-tag

**Blueprint \\| has no team tag** · severity **medium** · judges blueprints, \`a365.config.json\` · in files · since 2.0.0

A tag such as \`team:claims\` tells whom to call.

It does not say &lt;b>more&lt;/b>.

It needs \`sponsors\`. For files that keep these elsewhere ([\`relationships: elsewhere\`](https://github.com/agentid-lint/agentid-lint/blob/main/docs/manifest-shapes.md#relationships-declared-or-elsewhere)) it is skipped, never passed.

## Fix

Add a tag.

## Options

| option | type | default | meaning |
| --- | --- | --- | --- |
| \`severity\` | string | | \`off\`, or another severity for its findings |
| \`severityInProduction\` | string | | another severity for findings on resources that are marked as production |
| \`tags\` | array | <code>&#91;&#34;team&#58;&#42;&#34;&#44;&#34;a&#124;b&#34;&#93;</code> | Tags, a\\|b. |

\`\`\`yaml
rules:
  ownership/team-tag: { tags: ["a\`b"] }
\`\`\`

## Examples

❌ No \\*tags\\* (\`claims.yaml\`, with \`\`tags: ["a\`b"]\`\`)

\`\`\`yaml
kind: agentIdentityBlueprint
\`\`\`

beside \`b.json\`

\`\`\`json
{}
\`\`\`

## Controls

- NIST SP 800-53 Rev. 5: CM-8
- acme_policy: 7\\*

## Links

- [Tags](<https://wiki.example/tags_(team)>)

${MARKER}
`);
  });

  test('leaves out what the rule does not say', () => {
    const rule = ownRule('ownership/x', { controls: [], references: [], since: '0.1.0' });
    const page = rulePages([{ rule, examples: [] }], 'own').get('ownership/x.md') ?? '';
    expect(page).not.toMatch(/since|## Examples|## Controls|## Links|It needs/);
    expect(page).toMatch(/^# ownership\/x\n\n\*\*.*\n/);
  });

  test('shows what a rule for tenants rests on, and tenants as examples', () => {
    const rule = ownRule('ownership/idle', {
      appliesTo: ['agentIdentity'],
      requires: ['sponsors', 'signInActivity'],
      surfaces: ['tenant'],
    });
    const example = {
      name: 'Nobody knows',
      expect: 'unknown',
      tenant: { agentIdentities: [{ id: 'a', properties: { displayName: 'claims' } }] },
      missing: [{ group: 'signInActivity', of: 'agentIdentity', status: 'notAsked' }],
      config: { days: 90 },
    } as const;
    const page = rulePages([{ rule, examples: [example] }], 'own').get('ownership/idle.md') ?? '';
    expect(page).toMatch(/judges agent identities · in tenants/);
    expect(page).not.toMatch(/relationships: elsewhere/);
    expect(page).toContain(`
> This rule rests on the beta of Microsoft Graph, which may change without notice. \`--no-beta\` does without, and skips it.

In a tenant it needs \`sponsors\`, \`signInActivity\`. Where these cannot be read it is skipped, never passed.
`);
    expect(page).toContain(`
❔ Nobody knows (in a tenant, with \`days: 90\`)

not read: \`signInActivity\` of each agent identity (not asked for)

\`\`\`json
{ "agentIdentities": [{ "id": "a", "properties": { "displayName": "claims" } }] }
\`\`\`
`);
  });

  test('is in the index of its domain', () => {
    const others = ['security/b', 'security/a'].map((id) => ({ rule: ownRule(id), examples: [] }));
    const index = rulePages([...others, { rule: TEAM_TAG, examples: [] }], 'own').get('index.md');
    expect(index?.match(/^## .*|^\| \[.*/gm)).toEqual([
      '## ownership',
      '| [ownership/team-tag](ownership/team-tag.md) | medium | files | Blueprint \\| has no team tag |',
      '## security',
      expect.stringMatching(/^\| \[security\/a\]\(security\/a\.md\) \| /),
      expect.stringMatching(/^\| \[security\/b\]\(security\/b\.md\) \| /),
    ]);
  });
});

test('pages of built-in rules are those that are published', () => {
  const documented = builtInRules().catalogue.rules.map((rule) => ({
    rule,
    examples: builtInExamples(rule.id),
  }));
  for (const [path, text] of rulePages(documented, 'built-in'))
    expect(text).toBe(readFileSync(join(ROOT, 'docs', 'rules', path), 'utf8'));
});

describe('a folder of pages', () => {
  const pages = (...ids: readonly string[]): Pages =>
    rulePages(
      ids.map((id) => ({ rule: ownRule(id), examples: [] })),
      'own',
    );
  const update = (folder: string, wanted: Pages) => {
    const difference = differenceIn(folder, wanted);
    writePages(folder, wanted, difference);
    return difference;
  };

  test('is written, and then current', () => {
    const folder = join(temporaryFolder({}), 'docs', 'rules');
    const written = ['index.md', 'own/a.md', 'own/b.md'];
    expect(update(folder, pages('own/a', 'own/b'))).toEqual({ outdated: written, leftover: [], foreign: [] });
    expect(differenceIn(folder, pages('own/a', 'own/b'))).toEqual({
      outdated: [],
      leftover: [],
      foreign: [],
    });
    expect(readFileSync(join(folder, 'own', 'a.md'), 'utf8')).toBe(pages('own/a').get('own/a.md'));
  });

  test('loses pages of rules that are gone, and nothing else', () => {
    const folder = temporaryFolder({ 'guide.md': 'by hand', 'gone/notes.md': 'by hand', 'own/x.txt': '' });
    update(folder, pages('gone/a', 'old/a', 'own/a'));
    expect(update(folder, pages('own/a'))).toEqual({
      outdated: ['index.md'],
      leftover: ['gone/a.md', 'old/a.md'],
      foreign: [],
    });
    for (const kept of ['guide.md', 'gone/notes.md', 'own/x.txt', 'own/a.md'])
      expect(existsSync(join(folder, kept))).toBe(true);
    for (const gone of ['gone/a.md', 'old']) expect(existsSync(join(folder, gone))).toBe(false);
  });

  test('is not current when a page was changed', () => {
    const folder = temporaryFolder({});
    update(folder, pages('own/a'));
    writeFileSync(join(folder, 'own', 'a.md'), `changed\n${pages('own/a').get('own/a.md') ?? ''}`);
    expect(differenceIn(folder, pages('own/a')).outdated).toEqual(['own/a.md']);
  });

  test('is current whatever git makes of the ends of lines', () => {
    const folder = temporaryFolder({});
    update(folder, pages('own/a'));
    const path = join(folder, 'own', 'a.md');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    expect(differenceIn(folder, pages('own/a')).outdated).toEqual([]);
  });

  test('is told what stands in the way: files of others, folders, links', () => {
    const folder = temporaryFolder({
      'index.md': '# My own index\n',
      'own/a.md/': '',
      'own/b.md': { linkTo: 'c.md' },
      'own/c.md': MARKER,
    });
    expect(differenceIn(folder, pages('own/a', 'own/b', 'own/c')).foreign).toEqual([
      'index.md',
      'own/a.md',
      'own/b.md',
    ]);
  });
});

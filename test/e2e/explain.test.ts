import { describe, expect, test } from 'vitest';
import type { JsonFinding } from '../../src/reporters/json-v1.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { folderWith, NOW, run } from './cli.ts';
import { clean, NO_SPONSOR, torn, unsponsored } from './manifests.ts';
import { lintJson } from './report.ts';

const SECRET = `passwordCredentials:
  - displayName: old
    startDateTime: "2026-01-01T00:00:00Z"
    endDateTime: "2028-01-01T00:00:00Z"
    secretText: Kx7~Q2abcdEFGH1234567890secretvalue
`;

test('of a rule it prints what "rules show" prints', async () => {
  for (const more of [[], ['--format', 'json']]) {
    const [explained, shown] = await Promise.all([
      run(['explain', NO_SPONSOR, ...more]),
      run(['rules', 'show', NO_SPONSOR, ...more]),
    ]);
    expect(explained).toEqual(shown);
    expect(explained.status).toBe(0);
  }
});

test('a rule takes no paths', async () => {
  const { status, stdout, stderr } = await run(['explain', NO_SPONSOR, 'my agents/']);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `error: a rule is explained without paths\n  "agentid-lint rules trace ${NO_SPONSOR} 'my agents/'" shows what it does with them.\n`,
  });
});

test.each([
  [
    'accountability/no-owners',
    'there is no rule "accountability/no-owners"',
    'Did you mean "accountability/no-owner"?',
  ],
  [
    'v1:0123',
    '"v1:0123" is no fingerprint',
    'Write v1: and at least 8 of its 32 hexadecimal digits, as a report shows them.',
  ],
  [
    'v2:0123456789',
    '"v2:0123456789" is no fingerprint',
    'Write v1: and at least 8 of its 32 hexadecimal digits, as a report shows them.',
  ],
])('%s is a mistake', async (what, message, hint) => {
  const { status, stdout, stderr } = await run(['explain', what]);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `error: ${message}\n  ${hint}\n`,
  });
});

test('a finding that is not there may have been fixed', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored(), 'torn.yaml': torn() });
  const { status, stdout, stderr } = await run(['explain', 'v1:01234567'], { cwd });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: [
      'error: no finding has the fingerprint v1:01234567',
      '  1 finding was looked at, and 1 problem kept something from being judged. It may have been fixed, or be in other files.',
      '',
    ].join('\n'),
  });
});

test('a beginning that two fingerprints have is not enough', async () => {
  // Found by trying: both begin with v1:e9dbe1d2.
  const ids = ['00000000-0000-4000-8000-00000000dfee', '00000000-0000-4000-8000-000000014e79'];
  const cwd = folderWith(
    Object.fromEntries(
      ids.map((id, index) => [`${index}.yaml`, `appId: ${id}\n${unsponsored(`bot-${index}`)}`]),
    ),
  );
  const { status, stderr } = await run(['explain', 'E9DBE1D2'], { cwd });
  expect({ status, stderr: stderr.replace(/(?<=v1:e9dbe1d2)[0-9a-f]{24}/g, '…') }).toEqual({
    status: 2,
    stderr: [
      'error: 2 findings have a fingerprint that begins with v1:e9dbe1d2',
      '  Write more of it: v1:e9dbe1d2… (0.yaml:1:1), v1:e9dbe1d2… (1.yaml:1:1)',
      '',
    ].join('\n'),
  });
});

describe.skipIf(!compilerIsBuilt())('with the compiler', () => {
  test('a finding is explained by the beginning of the fingerprint that the screen shows', async () => {
    const cwd = folderWith({
      'agentid-lint.config.yaml': 'version: 1\nrules:\n  credentials/secret-lifetime: { maxDays: 30 }\n',
      'a.yaml': clean('night-desk') + SECRET,
    });
    const screen = await run(['lint', '--rule', 'credentials/secret-lifetime', '--now', NOW], { cwd });
    const fingerprint = /a\.yaml:\d+:\d+ {2}(v1:[0-9a-f]{8})$/m.exec(screen.stdout)?.[1] ?? '';
    expect(screen.stdout).toContain(
      `\n  explain  why a finding is there: agentid-lint explain ${fingerprint}\n`,
    );
    const { status, stdout, stderr } = await run(['explain', fingerprint, '--now', NOW], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/explain.txt');
    expect(stdout).not.toContain('Kx7');
  });

  test('JSON has the finding, the input around it, what is in effect, and the lines of the rule', async () => {
    const manifest = {
      kind: 'agentIdentityBlueprint',
      displayName: 'night-desk',
      web: { implicitGrantSettings: { enableIdTokenIssuance: true } },
    };
    const cwd = folderWith({ 'a.json': JSON.stringify(manifest) });
    const { report } = await lintJson(['--rule', 'exposure/implicit-grant'], { cwd });
    const [finding] = report.findings;
    const { status, stdout } = await run(
      ['explain', finding?.fingerprint ?? '', 'a.json', '--format', 'json'],
      { cwd },
    );
    expect(status).toBe(0);
    const explained = JSON.parse(stdout) as { readonly finding: JsonFinding; readonly why: object };
    expect(explained.finding).toEqual(finding);
    expect(explained).toMatchObject({
      format: 'explain-v1',
      rule: { id: 'exposure/implicit-grant', source: 'built-in' },
      input: {
        pointer: '/web/implicitGrantSettings/enableIdTokenIssuance',
        value: true,
        parent: { pointer: '/web/implicitGrantSettings', value: { enableIdTokenIssuance: true } },
      },
      settings: [
        { pointer: '/manifest/relationships', value: 'declared', source: 'default' },
        { pointer: '/rules/exposure~1implicit-grant/severity', source: 'default' },
      ],
      why: { status: 'traced', file: 'policies/exposure/implicit_grant.rego', disagreement: null },
    });
  });
});

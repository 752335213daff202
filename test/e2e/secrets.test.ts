import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPORTERS } from '../../src/reporters/index.ts';
import { folderWith, NOW, run, type Files } from './cli.ts';

/** Every secret that is planted, by where; none of them may be seen anywhere. */
const planted = new Map<string, string>();

function canary(place: string): string {
  const secret = `Kanarie~${place}~q8Z_${'7f'.repeat(8)}`;
  planted.set(place, secret);
  return secret;
}

/** A JSON Web Token (RFC 7519) whose payload holds the canary, signed by nobody. */
function token(place: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: canary(place) })}.c2ln`;
  planted.set(place, part({ sub: planted.get(place) }));
  return text;
}

function privateKey(place: string, indent: string): string {
  const lines = ['-----BEGIN PRIVATE KEY-----', canary(place), '-----END PRIVATE KEY-----'];
  return lines.join(`\n${indent}`);
}

const credential = (place: string) =>
  `{ displayName: ${place}, startDateTime: "2026-01-01T00:00:00Z", endDateTime: "2030-01-01T00:00:00Z", secretText: ${canary(place)} }`;

const blueprint = (name: string, rest: string) =>
  `kind: agentIdentityBlueprint\ndisplayName: ${name}\n${rest}`;

const FILES: Files = {
  'block.yaml': blueprint(
    'My Agent Blueprint',
    [
      'passwordCredentials:',
      '  - displayName: literal',
      '    endDateTime: "2030-01-01T00:00:00Z"',
      '    secretText: |',
      `      ${canary('literal')}`,
      `      ${canary('literal-second-line')}`,
      '  - displayName: folded',
      '    secretText: >-',
      `      ${canary('folded')}`,
      '  - displayName: quoted',
      `    secretText: "${canary('quoted')}`,
      `      ${canary('quoted-second-line')}"`,
      `  - ${credential('flow')}`,
      '',
    ].join('\n'),
  ),
  'looks.yaml': blueprint(
    'by-its-looks',
    [
      `description: call it with ${token('token-in-text')}`,
      'notes: |',
      `  ${privateKey('private-key', '  ')}`,
      'web:',
      `  redirectUris: ["http://files.quayside.example/x?sv=2024&sig=${canary('shared-access-signature')}"]`,
      `  logoutUrl: "Endpoint=sb://q.example/;SharedAccessKey=${canary('connection-string')}"`,
      'keyCredentials:',
      '  - displayName: CN=old',
      '    startDateTime: "2020-01-01T00:00:00Z"',
      '    endDateTime: "2040-01-01T00:00:00Z"',
      `    key: ${canary('key-of-a-certificate')}`,
      '',
    ].join('\n'),
  ),
  'open.json': JSON.stringify({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    displayName: 'all on one line',
    clientSecret: canary('unknown-property'),
    'api-key': canary('name-with-a-dash'),
    web: { redirectUris: ['http://a.example/'], password: canary('nested') },
    passwordCredentials: [
      { displayName: 'json', endDateTime: '2030-01-01T00:00:00Z', secretText: canary('json') },
    ],
    signInAudience: 'AzureADMultipleOrgs',
  }),
  'a365.generated.config.json': JSON.stringify(
    {
      agentBlueprintId: '3c5e8a17-9b24-4f0d-b8c6-71d2a4f0e5c8',
      agentBlueprintClientSecret: canary('generated-config'),
    },
    null,
    2,
  ),
  'comments.yaml': [
    'kind: agentIdentityBlueprint',
    `displayName: "My Agent Blueprint" # the secret was ${canary('comment')}`,
    `# secretText: ${canary('commented-out')}`,
    'signInAudience: AzureADMultipleOrgs',
    'isFallbackPublicClient: # set for the demo',
    `  true # with ${canary('comment-below')}`,
    'passwordCredentials: # one',
    `  - endDateTime: "2030-01-01T00:00:00Z" #${canary('comment-in-a-list')}`,
    `    displayName: 'not # a comment'`,
    '',
  ].join('\n'),
  // Faulty files: their problems stand where the secrets are.
  'unclosed.yaml': blueprint('x', `passwordCredentials:\n  - secretText: "${canary('unclosed-quote')}\n`),
  'torn.json': `{"kind": "agentIdentityBlueprint", "passwordCredentials": [{"secretText": "${canary('torn-off')}`,
  'twice.json': `{"kind": "agentIdentityBlueprint", "passwordCredentials": [{"secretText": "${canary('first')}", "secretText": "${canary('second')}"}]}`,
  'list.yaml': blueprint('x', `passwordCredentials:\n  - secretText: [${canary('list-for-text')}]\n`),
  'object.yaml': blueprint(
    'x',
    `passwordCredentials:\n  - secretText: {value: ${canary('object-for-text')}}\n`,
  ),
  'text.yaml': blueprint('x', `passwordCredentials: ${canary('text-for-list')}\n`),
  'strict.yaml': blueprint('x', `clientSecret: ${canary('refused-property')}\n`),
  'tag.yaml': blueprint('x', `passwordCredentials:\n  - secretText: !vault ${canary('behind-a-tag')}\n`),
  'control.yaml': blueprint(
    'x',
    `passwordCredentials:\n  - secretText: "${canary('beside-a-control')}\u0001"\n`,
  ),
};

/** Places whose secret stands in the output. */
function leaked(...outputs: readonly string[]): readonly string[] {
  return [...planted]
    .filter(([, secret]) => outputs.some((output) => output.includes(secret)))
    .map(([place]) => place);
}

describe('O17 no secret of a manifest is ever printed', () => {
  test.each([
    ['pretty', []],
    ['pretty', ['--color']],
    ['compact', []],
    ['json', []],
  ] as const)('in the format %s %j, on stderr, or in a file', async (format, more) => {
    const cwd = folderWith(FILES);
    const args = [
      '--format',
      format,
      '--output',
      `${format}=report.out`,
      '--debug',
      '--stats',
      '--now',
      NOW,
      ...more,
    ];
    const env = { AZURE_CLIENT_SECRET: canary('environment') };
    const { status, stdout, stderr } = await run(['lint', ...args], { cwd, env });
    expect(status).toBe(1);
    expect(leaked(stdout, stderr, readFileSync(join(cwd, 'report.out'), 'utf8'))).toEqual([]);
    // The secrets were met: each file but the faulty ones has findings, and those have problems.
    for (const name of [
      'block.yaml',
      'looks.yaml',
      'open.json',
      'a365.generated.config.json',
      'twice.json',
      'tag.yaml',
    ]) {
      expect(stdout).toContain(name);
    }
  });

  test('in any format, when all are written in one run', async () => {
    const cwd = folderWith(FILES);
    const formats = Object.keys(REPORTERS);
    const outputs = formats.map((format) => `--output=${format}=report.${format}`);
    const { status } = await run(['lint', '--now', NOW, ...outputs], { cwd });
    expect(status).toBe(1);
    const reports = formats.map((format) => readFileSync(join(cwd, `report.${format}`), 'utf8'));
    expect(leaked(...reports)).toEqual([]);
    expect(reports.filter((report) => !report.includes('by-its-looks'))).toEqual([]);
  });

  test('and what was planted would be seen', () => {
    expect(planted.size).toBeGreaterThan(25);
    expect(leaked(Object.values(FILES).join('\n'))).toHaveLength(
      [...planted.keys()].filter((place) => place !== 'environment').length,
    );
  });

  test('nor from stdin, from a file that is no manifest, or in a mistake of the command line', async () => {
    const cwd = folderWith({
      'a.json': `{"signInAudience": "x", "displayName": "y", "clientSecret": "${canary('unmarked')}"}`,
    });
    const [piped, unmarked] = await Promise.all([
      run(['lint', '-', '--debug'], { cwd, stdin: FILES['block.yaml'] ?? '' }),
      run(['lint', '--debug'], { cwd }),
    ]);
    expect([piped.status, unmarked.status]).toEqual([1, 3]);
    expect(leaked(piped.stdout, piped.stderr, unmarked.stdout, unmarked.stderr)).toEqual([]);
  });
});

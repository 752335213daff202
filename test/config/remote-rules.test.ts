import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SIGNATURE_ALGORITHMS } from '../../src/sources/signing-key.ts';
import { lines, loaded, loadIn, problems, recording, workspace, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';

describe('remoteRules', () => {
  const key = (text: string) => `remoteRules: { keys: [${text}] }`;
  const SCHEMA = '"agentid-lint config schema" prints what is.';

  test('name the algorithms that signatures can have', async () => {
    const [line = ''] = await problems(yaml(key('{ id: a, algorithm: none, file: k.pem }')));
    expect(line).toContain(`must be one of ${SIGNATURE_ALGORITHMS.join(', ')}.`);
  });

  test('reach the loader with the text of each key', async () => {
    const { asked, options } = recording();
    const text = `rules: { sources: ["https://rules.example.com/a.tar.gz"] }
remoteRules:
  hosts: [Rules.Example.com, "mirror.example.com:8443"]
  requireSignature: false
  keys: [{ id: k1, algorithm: ES256, file: ./keys/k1.pem }]
`;
    const cwd = workspace({ '.git/': '', ...yaml(text), 'keys/k1.pem': 'canary' });
    const result = await loadIn(cwd, options);
    const file = join(cwd, 'keys/k1.pem');
    const remote = {
      hosts: ['rules.example.com', 'mirror.example.com:8443'],
      requireDigest: true,
      requireSignature: false,
      keys: [{ id: 'k1', algorithm: 'ES256', key: 'canary', file }],
    };
    expect(asked.map((call) => call.remote)).toEqual([remote]);
    expect(result).toMatchObject({
      ok: true,
      config: {
        remoteRules: remote,
        sources: {
          '/remoteRules/hosts': `${FILE}:4:3`,
          '/remoteRules/requireSignature': `${FILE}:5:3`,
          '/remoteRules/keys': `${FILE}:6:3`,
        },
      },
    });
  });

  test('are replaced key by key by a later file; keys are relative to the file that names them', async () => {
    const base = `version: 1
remoteRules: { hosts: [a.example], requireDigest: false, keys: [{ id: base, algorithm: RS256, file: k.pem }] }
`;
    const files = {
      ...yaml('extends: [./shared/base.yaml]\nremoteRules: { hosts: [b.example] }\n'),
      'shared/base.yaml': base,
      'shared/k.pem': 'text',
    };
    expect((await loaded(files)).remoteRules).toEqual({
      hosts: ['b.example'],
      requireDigest: false,
      requireSignature: true,
      keys: [
        {
          id: 'base',
          algorithm: 'RS256',
          key: 'text',
          file: expect.stringMatching(/shared.k\.pem$/) as unknown,
        },
      ],
    });
  });

  test.each([
    [
      'remoteRules: { host: [a] }',
      '2:16 config-unknown-key: There is no key "host" here. Did you mean "hosts"?',
    ],
    [
      'remoteRules: { requireDigest: no }',
      `2:31 config-invalid-value: "requireDigest" must be true or false. ${SCHEMA}`,
    ],
    ...['"https://a.example"', 'a.example/x', '"*.example"', 'user@a.example', '"a b"'].map((host) => [
      `remoteRules: { hosts: [ok.example, ${host}] }`,
      '2:36 config-invalid-value: Item 2 of "hosts" must be the name of a host. For example rules.example.com, or rules.example.com:8443.',
    ]),
    [
      key('{ id: a, algorithm: RS256 }'),
      '2:23 config-missing-key: Item 1 of "keys" needs the key "file". Add "file".',
    ],
    [
      key('{ id: a, algorithm: none, file: k.pem }'),
      `2:43 config-invalid-value: "algorithm" must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, HS256, HS384, HS512. ${SCHEMA}`,
    ],
    [
      key('{ id: a, algorithm: RS256, file: none.pem }'),
      '2:56 config-key-not-found: There is no file "none.pem". The path is relative to this file.',
    ],
    [
      key('{ id: a, algorithm: RS256, file: k.pem }, { id: a, algorithm: ES256, file: k.pem }'),
      '2:71 config-duplicate-key: Two keys have the id "a". Signatures name their key by its id. Give each its own.',
    ],
  ])('%s', async (text = '', expected = '') => {
    expect(await problems({ ...yaml(text), 'k.pem': 'text' })).toEqual([`${FILE}:${expected}`]);
  });

  test('F03 F15 a key outside of the repository is not read, also behind a link', async () => {
    const outside = workspace({ 'secret.pem': 'canary-9c1d' });
    const text = `${key('{ id: a, algorithm: HS256, file: linked.pem }, { id: b, algorithm: HS256, file: "OUT" }')}\n`;
    const cwd = workspace({ '.git/': '', ...yaml(text.replace('OUT', join(outside, 'secret.pem'))) });
    symlinkSync(join(outside, 'secret.pem'), join(cwd, 'linked.pem'));
    const result = await loadIn(cwd);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'link-leaves-workspace' }, { code: 'link-leaves-workspace' }],
    });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('F01 a key that is a folder', async () => {
    const cwd = workspace({ '.git/': '', ...yaml(key('{ id: a, algorithm: HS256, file: k }')) });
    mkdirSync(join(cwd, 'k'));
    const result = await loadIn(cwd);
    expect(result.ok ? [] : lines(result.problems)).toEqual([
      expect.stringContaining('k not-a-regular-file'),
    ]);
  });
});

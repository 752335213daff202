import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compilerIsBuilt } from '../support/compiler.ts';
import { TEAM_TAG, WHOLE } from '../support/own-rules.ts';
import { folderWith, run, type Files } from './cli.ts';

const inRules = (files: Files, folder = 'rules'): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const check = (cwd: string, ...args: string[]) => run(['rules', 'check', ...args], { cwd });

test('without a folder the command says where it looks', async () => {
  const { status, stdout, stderr } = await check(folderWith({}));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`error: no folder of rules is named, and there is no ./rules
  Name one, put it into "rules.sources" of the config, or start with "agentid-lint rules new <domain>/<rule-name>".
`);
});

test('a folder that is not there, and one without rules', async () => {
  const cwd = folderWith({ 'other/notes.txt': '' });
  const missing = await check(cwd, 'nope');
  expect([missing.status, missing.stdout]).toEqual([
    2,
    `error[source-not-found] There is no folder "nope".
   = help: Name the folder that the domains of the rules are in.

0 rules in nope: 1 problem
`,
  ]);
  const empty = await check(cwd, 'other');
  expect([empty.status, empty.stdout]).toEqual([
    2,
    `error[rules-none] The folder other yields no rule: it holds notes.txt.
   = help: A rule is <domain>/<rule>.rego in the folder. "agentid-lint rules new <domain>/<rule-name>"
           writes one.

0 rules in other: 1 problem
`,
  ]);
});

test('an opa executable that is none is told in one sentence', async () => {
  const { status, stdout } = await check(folderWith(inRules(WHOLE)), '--opa', './no-opa');
  expect(status).toBe(2);
  expect(stdout).toMatch(
    /^error\[rules-compiler-missing\] Own rules cannot be compiled: [^\n]+\.\n {3}= help: /,
  );
});

test('a format that is none is a mistake on the command line', async () => {
  const { status, stderr } = await check(folderWith(inRules(WHOLE)), '--format', 'sarif');
  expect([status, stderr]).toEqual([2, 'error: --format: unknown value "sarif"\n  Known: pretty, json.\n']);
});

describe.skipIf(!compilerIsBuilt())('a folder of own rules', () => {
  test('that is right takes one line', async () => {
    expect(await check(folderWith(inRules(WHOLE)))).toMatchObject({
      status: 0,
      stdout: '1 rule in ./rules: ok\n',
      stderr: '',
    });
  });

  test('is the one that the config names, relative to it', async () => {
    const cwd = folderWith({
      ...inRules(WHOLE, 'policy'),
      'agentid-lint.config.yaml': 'version: 1\nrules:\n  sources: [./policy]\n',
      'sub/x.txt': '',
    });
    expect(await check(cwd)).toMatchObject({ status: 0, stdout: '1 rule in ./policy: ok\n' });
    expect(await check(join(cwd, 'sub'))).toMatchObject({ status: 0 });
  });

  test('with mistakes shows each at its place, with the source', async () => {
    const rule = TEAM_TAG.replace('input.properties', 'input.propreties')
      .replace('severity: low', 'serverity: low')
      .replace('\tnot tags', '\ttime.now_ns() > 1\n\tnot tags');
    const { status, stdout } = await check(
      folderWith(inRules({ ...WHOLE, 'ownership/team_tag.rego': rule })),
    );
    expect(status).toBe(2);
    expect(stdout)
      .toBe(`rules/ownership/team_tag.rego:4:3: error[rules-metadata-missing-key] "custom" needs the key "severity".
 4 │ # custom:
   │   ^^^^^^
   = help: Add "severity".

rules/ownership/team_tag.rego:5:5: error[rules-metadata-unknown-key] There is no key "serverity" here.
 5 │ #   serverity: low
   │     ^^^^^^^^^
   = help: Did you mean "severity"?

rules/ownership/team_tag.rego:23:2: error[rules-unavailable-function] time.now_ns is not available to rules.
 23 │     time.now_ns() > 1
    │     ^^^^^^^^^^^
    = help: Policies have no clock: import data.agentid.lib.run and compare with run.now, in seconds since
            1970.

rules/ownership/team_tag.rego:24:35: error[rules-unknown-field] input has no field "propreties".
 24 │     not tags.any_in(object.get(input.propreties, "tags", null), wanted)
    │                                      ^^^^^^^^^^
    = help: Did you mean "properties"?

1 rule in ./rules: 4 problems
`);
  });

  test('with a slip in a field of the input names the field that was meant', async () => {
    const rule = TEAM_TAG.replace('input.properties', 'input.propreties');
    const { status, stdout } = await check(
      folderWith(inRules({ ...WHOLE, 'ownership/team_tag.rego': rule })),
    );
    expect([status, stdout]).toEqual([
      2,
      `rules/ownership/team_tag.rego:23:35: error[rules-unknown-field] input has no field "propreties".
 23 │     not tags.any_in(object.get(input.propreties, "tags", null), wanted)
    │                                      ^^^^^^^^^^
    = help: Did you mean "properties"?

1 rule in ./rules: 1 problem
`,
    ]);
  });

  test('is told to programs as JSON', async () => {
    const rule = TEAM_TAG.replace('input.properties', 'input.propreties');
    const files = inRules({ ...WHOLE, 'ownership/team_tag.rego': rule });
    const { status, stdout } = await check(folderWith(files), 'rules', '--format', 'json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      format: 'rules-check-v1',
      ok: false,
      folders: [
        {
          name: 'rules',
          rules: 1,
          formatted: [],
          problems: [
            {
              code: 'rules-unknown-field',
              message: 'input has no field "propreties".',
              hint: 'Did you mean "properties"?',
              location: {
                kind: 'file',
                uri: 'rules/ownership/team_tag.rego',
                range: { start: { line: 23, column: 35 }, end: { line: 23, column: 45 } },
              },
              related: [],
            },
          ],
        },
      ],
    });
  });

  test('is formatted on demand', async () => {
    const untidy = TEAM_TAG.replace('wanted := options', 'wanted    := options');
    const cwd = folderWith(inRules({ ...WHOLE, 'ownership/team_tag.rego': untidy }));
    expect(await check(cwd, '--fix')).toMatchObject({
      status: 0,
      stdout: 'formatted rules/ownership/team_tag.rego\n1 rule in ./rules: ok\n',
    });
    expect(await check(cwd)).toMatchObject({ status: 0, stdout: '1 rule in ./rules: ok\n' });
  });

  test('finds something when it lints, and stops a run when it is broken', async () => {
    const manifest = { 'claims.yaml': 'kind: agentIdentityBlueprint\ndisplayName: claims-triage\n' };
    const args = [
      'lint',
      'claims.yaml',
      '--rules',
      './rules',
      '--no-builtin-rules',
      '--no-cache',
      '--format',
      'compact',
    ];
    const good = await run(args, { cwd: folderWith({ ...inRules(WHOLE), ...manifest }) });
    expect([good.status, good.stdout]).toEqual([
      0,
      expect.stringContaining(
        'low ownership/team-tag blueprint "claims-triage" has no team tag, such as team:*',
      ),
    ]);
    const rule = TEAM_TAG.replace('input.properties', 'input.propreties');
    const files = { ...inRules({ ...WHOLE, 'ownership/team_tag.rego': rule }), ...manifest };
    const bad = await run(args, { cwd: folderWith(files) });
    expect([bad.status, bad.stdout, bad.stderr]).toEqual([
      2,
      '',
      `error: rules/ownership/team_tag.rego:23:35: rules-unknown-field: input has no field "propreties".
  Did you mean "properties"?
`,
    ]);
  });
});

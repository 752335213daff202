import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, NOW, run } from './cli.ts';
import { clean, NO_SPONSOR, torn, unsponsored } from './manifests.ts';

type Told = {
  readonly config: { readonly files: readonly string[] };
  readonly framework: {
    readonly id: string;
    readonly controls: readonly {
      readonly id: string;
      readonly status: string;
      readonly rules: readonly {
        readonly rule: string;
        readonly status: string;
        readonly evaluated: number;
      }[];
    }[];
  } | null;
};

const ACME = `version: 1
id: acme
title: Acme baseline
controls:
  - id: '1'
    title: Somebody answers
    rules:
      - rule: ${NO_SPONSOR}
        source: handbook, chapter 1
  - id: '2'
    title: Federation first
    rules:
      - rule: credentials/fic-*
        source: handbook, chapter 2
  - id: '3'
    title: Training
    rules: []
`;

async function told(cwd: string, ...args: string[]): Promise<Told> {
  const { stdout } = await run(['lint', '--format', 'json', '--now', NOW, ...args], { cwd });
  return JSON.parse(stdout) as Told;
}

function statuses({ framework }: Told): readonly string[] {
  return framework?.controls.map(({ id, status }) => `${id} ${status}`) ?? [];
}

test('lint tells its result by the controls of a framework that comes along, and of one in a file', async () => {
  const cwd = folderWith({ 'a.agent.yaml': clean(), 'b.agent.yaml': unsponsored(), 'acme.yaml': ACME });
  const files = ['a.agent.yaml', 'b.agent.yaml'];
  const nhi = await told(cwd, ...files, '--framework', 'owasp-nhi');
  expect(nhi.framework?.controls.map(({ id }) => id)).toHaveLength(10);
  expect(statuses(nhi)).toContain('NHI1 failed');
  const acme = await told(cwd, ...files, '--framework', 'acme.yaml');
  expect(statuses(acme)).toEqual(['1 failed', '2 passed', '3 notCovered']);
  expect(acme.framework?.controls[0]?.rules).toMatchObject([{ rule: NO_SPONSOR, evaluated: 2, failed: 1 }]);
  expect(acme.config.files).toEqual(['acme.yaml']);
});

test('a file that cannot be read keeps every control from passing', async () => {
  const cwd = folderWith({ 'a.agent.yaml': clean(), 'b.agent.yaml': torn(), 'acme.yaml': ACME });
  const report = await told(cwd, 'a.agent.yaml', 'b.agent.yaml', '--framework', './acme.yaml');
  expect(statuses(report)).toEqual(['1 incomplete', '2 incomplete', '3 notCovered']);
});

test('a saved report is told by a framework as the run itself would have', async () => {
  const cwd = folderWith({ 'a.agent.yaml': clean(), 'b.agent.yaml': unsponsored(), 'acme.yaml': ACME });
  const lint = ['lint', 'a.agent.yaml', 'b.agent.yaml', '--now', NOW];
  await run([...lint, '--output', 'json=saved.json'], { cwd });
  for (const format of ['pretty', 'markdown', 'html', 'json', 'csv']) {
    const ran = await run([...lint, '--format', format, '--framework', 'acme.yaml'], { cwd });
    const again = await run(['report', 'saved.json', '--format', format, '--framework', 'acme.yaml'], {
      cwd,
    });
    expect([again.status, again.stderr, again.stdout]).toEqual([0, '', ran.stdout]);
  }
});

test.each([
  ['owasp-nih', 'error: --framework: there is no framework "owasp-nih"\n  Did you mean "owasp-nhi"?\n'],
  [
    'iso',
    'error: --framework: there is no framework "iso"\n  Name one of owasp-nhi, owasp-asi, nist-800-53, zero-trust, cis-m365, or a file such as ./framework.yaml.\n',
  ],
  [
    'missing.yaml',
    'error: missing.yaml: framework-not-found: There is no such file.\n  The path given to --framework is relative to the working directory.\n',
  ],
  [
    'wrong.yaml',
    `error: wrong.yaml:8:15: framework-unknown-rule: There is no rule "${NO_SPONSOR}s".\n  Did you mean "${NO_SPONSOR}"?\n`,
  ],
])('nothing is judged when there is something wrong with %s', async (name, stderr) => {
  const cwd = folderWith({
    'a.agent.yaml': unsponsored(),
    'wrong.yaml': ACME.replace(NO_SPONSOR, `${NO_SPONSOR}s`),
  });
  const ran = await run(['lint', 'a.agent.yaml', '--framework', name], { cwd });
  expect(ran).toMatchObject({ status: 2, stdout: '', stderr });
});

test('a snapshot is told by a framework that is named before anything is judged', async () => {
  const cwd = folderWith({});
  const ran = await run(['scan', '--snapshot', join(cwd, 'none.snapshot'), '--framework', 'owasp'], { cwd });
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain('--framework: there is no framework "owasp"');
});

test('the name comes from the environment too', async () => {
  const cwd = folderWith({ 'a.agent.yaml': clean() });
  const env = { AGENTID_LINT_FRAMEWORK: 'zero-trust' };
  const { stdout } = await run(['lint', 'a.agent.yaml', '--now', NOW], { cwd, env });
  expect(stdout).toContain('Microsoft Zero Trust Assessment: agents (zero-trust)');
});

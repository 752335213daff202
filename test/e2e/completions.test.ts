import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith, POSIX, run, shell } from './cli.ts';
import { builtInRules } from '../../src/rules.ts';

const ids = builtInRules().catalogue.rules.map(({ id }) => id);
const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What bash offers for these words; the last one is being typed. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const typed = ['agentid-lint', ...words].map((word) => `'${word}'`).join(' ');
  const script = [
    'set -u',
    'source <($CLI completions bash)',
    `COMP_WORDS=(${typed}) COMP_CWORD=${words.length}`,
    '_agentid_lint',
    'printf "%s\\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}',
  ].join('\n');
  const { status, stdout, stderr } = await shell(script);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe.runIf(POSIX)('bash completes', () => {
  test.each([
    [
      'commands',
      [''],
      [
        'lint',
        'collect',
        'scan',
        'report',
        'diff',
        'trend',
        'baseline',
        'waivers',
        'permissions',
        'doctor',
        'rules',
        'explain',
        'init',
        'config',
        'cache',
        'completions',
        'help',
      ],
    ],
    ['the beginning of a command', ['ru'], ['rules']],
    [
      'inner commands',
      ['rules', ''],
      ['list', 'show', 'new', 'check', 'test', 'build', 'docs', 'trace', 'help'],
    ],
    ['what help is for', ['help', 'co'], ['collect', 'config', 'completions']],
    ['options of lint', ['lint', '--fo'], ['--format']],
    ['options of the bare command', ['--fai'], ['--fail-on', '--fail-on-new']],
    ['options of an inner command', ['rules', 'list', '--f'], ['--format']],
    ['values of an option', ['lint', '--fail-on', ''], ['critical', 'high', 'medium', 'low', 'info', 'none']],
    ['values behind an equals sign', ['lint', '--fail-on', '=', 'me'], ['medium']],
    ['values right at an equals sign', ['lint', '--relationships', '='], ['declared', 'elsewhere']],
    ['formats of reports', ['lint', '-f', 'j'], ['json', 'json-v1', 'junit']],
    ['formats of other output', ['rules', 'show', '--format', ''], ['text', 'json']],
    ['clouds', ['scan', '--cloud', ''], ['global', 'usgov', 'usgovdod', 'china']],
    ['ways to sign in', ['collect', '--auth', 'de'], ['device-code']],
    ['what is hidden', ['collect', '--redact='], []],
    ['no words behind --snapshot: bash knows paths', ['scan', '--snapshot', ''], []],
    ['what permissions are printed as', ['permissions', '-f', ''], ['text', 'json', 'az', 'powershell']],
    ['what workflows are written for', ['init', '--workflow', ''], ['github', 'none']],
    ['what is done with a baseline', ['baseline', ''], ['create', 'check', 'prune', 'help']],
    ['no words behind --baseline', ['lint', '--baseline', ''], []],
    ['shells', ['completions', ''], ['bash', 'zsh', 'fish']],
    [
      'rule ids to show',
      ['rules', 'show', 'inheritance/'],
      ids.filter((id) => id.startsWith('inheritance/')),
    ],
    ['rule ids to explain', ['explain', 'metadata/'], ids.filter((id) => id.startsWith('metadata/'))],
    ['rule ids to run', ['lint', '--skip-rule', 'metadata/'], ids.filter((id) => id.startsWith('metadata/'))],
    ['no words where files go: bash knows those', ['lint', 'examples/'], []],
    ['no words behind --config', ['lint', '--config', ''], []],
    ['no words behind --rules: bash knows paths', ['rules', 'list', '--rules', ''], []],
    ['no command inside of lint', ['lint', 'agents', 'ru'], []],
  ])('%s', async (_, words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  test('files, by asking readline where it offers nothing itself', async () => {
    const { stdout } = await shell('source <($CLI completions bash); complete -p agentid-lint');
    expect(stdout).toBe('complete -o default -F _agentid_lint agentid-lint\n');
  });
});

describe.each(SHELLS)('the script for %s', (name) => {
  test('names every command, every option and every rule', async () => {
    const [{ stdout }, { stdout: help }] = await Promise.all([
      run(['completions', name]),
      run(['lint', '--help']),
    ]);
    const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);
    expect(options.length).toBeGreaterThan(20);
    const dash = name === 'fish' ? '-l ' : '--';
    const missing = [
      ...options.map((option) => dash + option.slice(2)),
      ...ids,
      'lint',
      'rules list',
      'config print',
      'elsewhere',
    ];
    expect(missing.filter((word) => !stdout.includes(word))).toEqual([]);
  });

  test('has quotes that are closed', async () => {
    const { stdout } = await run(['completions', name]);
    for (const line of stdout.split('\n')) {
      const quotes =
        line
          .replaceAll(String.raw`'\''`, '')
          .replaceAll(String.raw`\'`, '')
          .match(/'/g) ?? [];
      expect({ line, odd: quotes.length % 2 }).toEqual({ line, odd: 0 });
    }
  });

  const places = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map(
    (folder) => `${folder}/${name}`,
  );
  test.runIf(places.some((path) => existsSync(path)))('is understood by it', async () => {
    const check = name === 'fish' ? 'fish --no-execute' : `${name} -n`;
    const ran = await shell(`$CLI completions ${name} > script && ${check} script`, { cwd: folderWith({}) });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
  });
});

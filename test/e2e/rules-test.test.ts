import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compilerIsBuilt } from '../support/compiler.ts';
import { TEAM_TAG_EXAMPLES, TEAM_TAG_TEST, WHOLE, type RuleFiles } from '../support/own-rules.ts';
import { folderWith, POSIX, run, start } from './cli.ts';

const TEST = 'rules/ownership/team_tag_test.rego';

/** A project with these own rules. */
function project(rules: RuleFiles = WHOLE): string {
  return folderWith(Object.fromEntries(Object.entries(rules).map(([path, text]) => [`rules/${path}`, text])));
}

const testRules = (cwd: string, ...args: readonly string[]) =>
  run(['rules', 'test', '--no-cache', ...args], { cwd });

const FAILING = `${TEAM_TAG_TEST}
test_finds_another_tag if {
	found := judged({"tags": ["data:internal"]})
	print("found", found)
	found == {{"path": ["tags"], "args": {"name": "tést", "wanted": ["team:*", "crew:*"]}}}
}

test_counts if count(judged({})) == 2

test_is_text := "yes"

test_formats if sprintf("%d", [1]) == "2"

test_least if min({null, 3}) == 3

test_conflicts := x if some x in [1, 2]

test_decodes if json.unmarshal("[1]") == [1]

test_cases[note] if {
	some note, tc in {
		"lower": {"tags": ["team:a"], "found": 0},
		"upper": {"tags": ["TEAM:a"], "found": 1},
	}
	count(judged({"tags": tc.tags})) == tc.found
}

todo_test_later if false
`;

const BROKEN: RuleFiles = {
  ...WHOLE,
  'ownership/team_tag_test.rego': FAILING,
  'ownership/team_tag.examples.yaml': TEAM_TAG_EXAMPLES.replace('name: claims-triage,', 'name: claims,'),
  'lib/owners.rego':
    'package agentid.lib.owners\n\n# METADATA\n# description: What an owner is called.\nnamed(x) := x.name\n',
};

describe.skipIf(!compilerIsBuilt())('rules test', () => {
  test('shows everything about what fails, coverage and a threshold that is missed', async () => {
    const { stdout, stderr, status } = await testRules(project(BROKEN), './rules', '--threshold', '99.999');
    await expect(stdout).toMatchFileSnapshot('golden/rules-test.txt');
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  });

  test('ends with 0 and one line when everything passes, in colour when it is asked to', async () => {
    const cwd = project();
    const [plain, colored] = await Promise.all([
      testRules(cwd),
      testRules(cwd, '--color', '--run', 'test_passes', '--threshold=0'),
    ]);
    expect(plain).toMatchObject({
      stdout: '2 tests passed in OPA and in WebAssembly · 2 examples\n',
      stderr: '',
      status: 0,
    });
    expect(colored).toMatchObject({ stderr: '', status: 0 });
    expect(colored.stdout).toContain(
      '\u001b[1;32m1 test passed\u001b[0m in OPA and in WebAssembly · coverage',
    );
  });

  test('tells programs the same', async () => {
    const args = ['--format', 'json', '--run', 'test_counts|least', '--coverage'];
    const { stdout, status } = await testRules(project(BROKEN), ...args);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'rules-test-v1',
      ok: false,
      exitCode: 1,
      summary: {
        tests: { passed: 0, failed: 2, skipped: 0, differing: 1 },
        examples: { passed: 0, failed: 0 },
      },
      coverage: { covered: 3, total: 4, percent: '75', threshold: null, reached: true },
      folders: [
        {
          name: './rules',
          problems: [],
          tests: [
            {
              rule: 'ownership/team-tag',
              package: 'agentid.ownership.team_tag_test',
              name: 'test_counts',
              outcome: 'fail',
              location: { kind: 'file', uri: TEST, range: { start: { line: 25, column: 1 } } },
              opa: { outcome: 'fail' },
              wasm: { outcome: 'fail' },
              differs: false,
              failure: { expected: '2', got: '1', location: { range: { start: { line: 25, column: 16 } } } },
            },
            { name: 'test_least', opa: { outcome: 'pass' }, wasm: { outcome: 'fail' }, differs: true },
          ],
          examples: [],
          coverage: [
            { uri: 'rules/ownership/team_tag.rego', covered: 3, total: 3, uncovered: [] },
            { uri: 'rules/lib/owners.rego', covered: 0, total: 1, uncovered: [[5, 5]] },
          ],
        },
      ],
    });
  });

  test('ends with 2 when tests do not compile, at the place of the mistake, and with 3 when there is none', async () => {
    const [broken, empty, unfit] = await Promise.all([
      testRules(
        project({ ...WHOLE, 'ownership/team_tag_test.rego': TEAM_TAG_TEST.replace('set()', 'sett()') }),
      ),
      testRules(project({ 'ownership/team_tag.rego': WHOLE['ownership/team_tag.rego'] ?? '' })),
      testRules(project(), '--run', '^nothing'),
    ]);
    expect(broken).toMatchObject({ status: 2, stderr: '' });
    expect(broken.stdout).toBe(
      `${TEST}:16:39: error[rules-unknown-function] There is no function sett.
 16 │     judged({"tags": ["TEAM:claims"]}) == sett()
    │                                          ^^^^
    = help: Check the spelling, and that its package is imported.

./rules: 1 problem, nothing was tested
`,
    );
    expect(empty).toMatchObject({ status: 3, stderr: '', stdout: './rules: no test and no example\n' });
    expect(unfit).toMatchObject({ status: 3, stderr: '', stdout: './rules: nothing fits --run ^nothing\n' });
  });
});

describe('rules test refuses', () => {
  test.each<readonly [args: readonly string[], message: string]>([
    [['--run', '('], 'error: --run: "(" is no regular expression: Unterminated group\n'],
    [['--run', ''], 'error: --run: the value is empty\n'],
    [['--threshold', '101'], 'error: --threshold: "101" is no percentage\n'],
    [['--threshold', 'all'], 'error: --threshold: "all" is no percentage\n'],
    [['--format', 'junit'], 'error: --format: unknown value "junit"\n'],
    [['--watch', '--format', 'json'], 'error: --watch and --format json contradict each other\n'],
    [[], 'error: no folder of rules is named, and there is no ./rules\n'],
  ])('%j', async (args, message) => {
    const { stdout, stderr, status } = await testRules(folderWith({}), ...args);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain(message);
  });
});

/** What a process writes, to be waited for. */
class Listener {
  #text = '';
  #wake: () => void = () => undefined;

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#text += chunk.toString('utf8');
        this.#wake();
      });
    child.on('close', () => {
      this.#text += '(ended)';
      this.#wake();
    });
  }

  /** Everything up to and with the next of these words. */
  async until(words: string): Promise<string> {
    for (;;) {
      const at = this.#text.indexOf(words);
      if (at !== -1) {
        const seen = this.#text.slice(0, at + words.length);
        this.#text = this.#text.slice(at + words.length);
        return seen;
      }
      if (this.#text.includes('(ended)')) throw new Error(`the process ended: ${this.#text}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** A watching process that is gone when the test is. */
function watching(cwd: string) {
  const child = start(['rules', 'test', '--no-cache', '--watch'], { cwd });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, listener: new Listener(child) };
}

const WAITING = 'note: watching ./rules; Ctrl-C ends\n';

describe.skipIf(!compilerIsBuilt() || !POSIX)('rules test --watch', () => {
  test('tests again whenever a file changes, whatever is wrong with it, until Ctrl-C', async () => {
    const cwd = project();
    const { child, listener } = watching(cwd);
    expect(await listener.until(WAITING)).toBe(
      `2 tests passed in OPA and in WebAssembly · 2 examples\n${WAITING}`,
    );

    const text = readFileSync(join(cwd, TEST), 'utf8');
    writeFileSync(join(cwd, TEST), text.replace('"TEAM:claims"', '"crew:claims"'));
    expect(await listener.until(WAITING)).toMatch(
      /^changed \.\/rules\/ownership\/team_tag_test\.rego\n\nrules\/.* FAIL test_passes_with_a_team_tag\n/,
    );

    writeFileSync(join(cwd, 'rules/ownership/other.rego'), 'package agentid.ownership.other\n\nx if {');
    const broken = await listener.until(WAITING);
    expect(broken).toMatch(/^created \.\/rules\/ownership\/other\.rego\n\nrules\/.*: error\[rules-syntax\]/);
    expect(broken).toContain('./rules: ');

    rmSync(join(cwd, 'rules/ownership/other.rego'));
    writeFileSync(join(cwd, TEST), text);
    expect(await listener.until(WAITING)).toBe(
      `deleted ./rules/ownership/other.rego\nchanged ./${TEST}\n\n2 tests passed in OPA and in WebAssembly · 2 examples\n${WAITING}`,
    );

    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
  });

  test('S06 ends at once while a test runs that never ends', async () => {
    const cwd = project();
    const { child, listener } = watching(cwd);
    await listener.until(WAITING);
    const endless = 'test_endless if replace("abc", "", "x") != "abc"\n';
    writeFileSync(join(cwd, TEST), `${TEAM_TAG_TEST}\n${endless}`);
    await listener.until(`changed ./${TEST}\n`);
    const started = performance.now();
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsIn } from '../support/runner-commands.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUNDLE = join(ROOT, 'action', 'index.js');
/** What a run may say nowhere. */
export const TOKEN = 'ghs_CanaryCanaryCanaryCanaryCanaryCanary1';

export type ActionStep = {
  readonly workspace: string;
  readonly event: string;
  /** Name of the file in `events/`. */
  readonly payload: string;
  readonly shas: { readonly base: string; readonly head: string };
  readonly sha: string;
  readonly ref?: string;
  readonly actor?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
};

export type ActionRun = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the runner would have done for the log, but for the belt around free text. */
  readonly commands: ReturnType<typeof commandsIn>;
  /** A folder for temporary files, as the step has left it. */
  readonly temporary: string;
};

/** Runs the bundled Action as GitHub's runner does. */
export async function runAction(step: ActionStep): Promise<ActionRun> {
  const home = mkdtempSync(join(dirname(step.workspace), 'runner-'));
  const temporary = join(home, 'temp');
  mkdirSync(temporary);
  const files = Object.fromEntries(
    ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'].map((name): [string, string] => [
      `GITHUB_${name}`,
      join(home, name),
    ]),
  );
  for (const path of Object.values(files)) writeFileSync(path, '');
  const eventPath = join(home, 'event.json');
  writeFileSync(eventPath, eventText(step));
  const inputs = Object.entries({ token: TOKEN, ...step.inputs }).map(([name, value]): [string, string] => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  const { code, stdout, stderr } = await start({
    PATH: process.env['PATH'],
    // Windows starts nothing without it.
    SystemRoot: process.env['SystemRoot'],
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_EVENT_NAME: step.event,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: 'octo/fleet',
    GITHUB_SERVER_URL: 'https://github.invalid',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_SHA: step.sha,
    GITHUB_REF: step.ref ?? 'refs/pull/7/merge',
    GITHUB_ACTOR: step.actor ?? 'robin',
    RUNNER_TEMP: temporary,
    ...files,
    ...Object.fromEntries(inputs),
    ...step.env,
  });
  for (const name of ['GITHUB_ENV', 'GITHUB_PATH'])
    if (readFileSync(files[name] ?? '', 'utf8') !== '') throw new Error(`the Action has written to ${name}`);
  return {
    code,
    stdout,
    stderr,
    outputs: outputsIn(readFileSync(files['GITHUB_OUTPUT'] ?? '', 'utf8')),
    summary: readFileSync(files['GITHUB_STEP_SUMMARY'] ?? '', 'utf8'),
    commands: commandsIn(`${stdout}${stderr}`).filter(
      ({ command }) => command !== 'stop-commands' && !/^[0-9a-f]{32}$/.test(command),
    ),
    temporary,
  };
}

function start(env: NodeJS.ProcessEnv): Promise<Pick<ActionRun, 'code' | 'stdout' | 'stderr'>> {
  if (!existsSync(BUNDLE)) throw new Error('the Action is not built: npm run build:action');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BUNDLE], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = (text: string) => text.replaceAll('\r\n', '\n');
      resolve({ code, stdout: lines(stdout), stderr: lines(stderr) });
    });
  });
}

function eventText({ payload, shas }: ActionStep): string {
  return readFileSync(new URL(`events/${payload}.json`, import.meta.url), 'utf8')
    .replaceAll('BASE_SHA', shas.base)
    .replaceAll('HEAD_SHA', shas.head);
}

/** As the runner reads the file (actions/runner, `FileCommandManager`): `name=value` or a heredoc. */
export function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const heredoc = /^([^=<]+)<<(.+)$/.exec(line);
    if (heredoc === null) {
      const [name = '', ...value] = line.split('=');
      if (line !== '') outputs[name] = value.join('=');
      continue;
    }
    const [, name = '', delimiter = ''] = heredoc;
    const end = lines.indexOf(delimiter, index + 1);
    if (end === -1) throw new Error(`no end of ${name}`);
    outputs[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return outputs;
}

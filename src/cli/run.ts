import { CommanderError } from 'commander';
import type { CliContext } from './context.ts';
import { readFlags } from './flags.ts';
import { debug } from './notices.ts';
import { buildProgram } from './program.ts';
import { mistakeOf } from './parse-error.ts';
import { renderError } from './render-error.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { VERSION } from './version.ts';

/** Runs one command line. Returns the exit code; never throws. */
export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const isDebugging = argv.includes('--debug') || isDebugSet(context);
  if (isDebugging) debug(context, [`agentid-lint ${VERSION}, ${context.runtime}`]);
  try {
    return await runCommand(argv, context);
  } catch (error) {
    const { text, exitCode } = renderError(error, { debug: isDebugging });
    context.writeStderr(text);
    return exitCode;
  }
}

async function runCommand(argv: readonly string[], context: CliContext): Promise<number> {
  let exitCode = 0;
  const help: string[] = [];
  const program = buildProgram(context, {
    setExitCode: (code) => {
      exitCode = code;
    },
    writeHelp: (text) => help.push(text),
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and --version end here with code 0.
    if (error.exitCode !== 0) throw mistakeOf(error, program, argv);
    await reportToStdout(context, help.join(''));
  }
  return exitCode;
}

function isDebugSet({ env }: CliContext): boolean {
  try {
    return readFlags([], env).isOn('--debug');
  } catch {
    // The command that takes the option will refuse the value.
    return false;
  }
}

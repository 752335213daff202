import { joinLines, visible } from '../reporters/escape.ts';
import type { NamedFolder } from '../rules/check.ts';
import type { RuleTester } from '../rules/test.ts';
import type { CliContext } from './context.ts';
import { InterruptedError } from './errors.ts';
import { notice } from './notices.ts';
import { reportToStdout } from './report-to-stdout.ts';

/** Of the screen, not of what has scrolled away. */
const CLEAR_SCREEN = '\u001b[2J\u001b[H';

/**
 * Tests now, and again whenever a file of the folders changes. Whatever is wrong with the rules is shown, and watching
 * goes on.
 * @throws {InterruptedError} when the person at the terminal ends it, which is the only end
 */
export async function watchTests(
  folders: readonly NamedFolder[],
  tester: RuleTester,
  testOnce: () => Promise<unknown>,
  { context, isQuiet }: { readonly context: CliContext; readonly isQuiet: boolean },
): Promise<never> {
  const watch = tester.watch(folders);
  const interrupted = new Promise<never>((_, reject) => {
    context.onInterrupt(() => {
      watch.close();
      reject(new InterruptedError());
    });
  });
  // It is waited for in races only.
  interrupted.catch(() => undefined);
  try {
    for (;;) {
      const run = testOnce();
      // One that nobody waits for any more.
      run.catch(() => undefined);
      await Promise.race([run, interrupted]);
      if (!isQuiet) notice(context, [`watching ${folders.map(({ name }) => name).join(', ')}; Ctrl-C ends`]);
      const changes = await Promise.race([watch.next(), interrupted]);
      const lines = (changes ?? []).map(({ path, what }) => `${what} ${visible(path)}`);
      await reportToStdout(context, `${clearScreen(context)}${joinLines(lines)}\n`);
    }
  } finally {
    watch.close();
  }
}

function clearScreen({ terminal, env }: CliContext): string {
  return terminal.stdout && env['TERM'] !== 'dumb' ? CLEAR_SCREEN : '';
}

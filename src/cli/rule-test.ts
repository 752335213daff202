import { builtInLibrary } from '../rules.ts';
import type { NamedFolder } from '../rules/check.ts';
import { ruleTester, type RuleTester } from '../rules/test.ts';
import { verdictOf } from '../rules/test/verdict.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import type { Flags } from './flags.ts';
import { opaOf } from './load-config.ts';
import { progress, type Progress } from './progress.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { ruleFolders } from './rule-folders.ts';
import { testSettings, type TestFlags, type TestSettings } from './rule-test-flags.ts';
import { ruleTestJson } from './rule-test-json.ts';
import { ruleTestText, type TestReport } from './rule-test-text.ts';
import { watchTests } from './rule-test-watch.ts';
import { jsonText } from './text-or-json.ts';
import { userCache } from './user-cache.ts';
import { VERSION } from './version.ts';

type World = { readonly flags: Flags; readonly context: CliContext };

/**
 * Tests folders of own rules and prints what came of it, once or whenever a file changes. Gives the exit code.
 * @throws {UsageError} when the command is used wrongly
 * @throws {InterruptedError} when watching was ended
 */
export async function testOwnRules(
  path: string | undefined,
  options: TestFlags,
  { flags, context }: World,
): Promise<number> {
  const settings = testSettings(options);
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const folders = await ruleFolders(path, flags, context);
  const isQuiet = flags.isOn('--quiet');
  const shown = progress(context);
  const tester = ruleTester({
    cwd: context.cwd,
    library: await builtInLibrary(),
    opa: opaOf(flags, context),
    cache: flags.isOn('--no-cache') ? null : await userCache(context),
    version: VERSION,
    ...(isQuiet ? {} : { onStage: shown.say }),
  });
  const printer = { settings, color, shown, context };
  try {
    if (settings.watch)
      return await watchTests(folders, tester, () => testOnce(folders, tester, printer), {
        context,
        isQuiet,
      });
    return await testOnce(folders, tester, printer);
  } finally {
    shown.clear();
    await tester.close();
  }
}

type Printer = {
  readonly settings: TestSettings;
  readonly color: boolean;
  readonly shown: Progress;
  readonly context: CliContext;
};

async function testOnce(
  folders: readonly NamedFolder[],
  tester: RuleTester,
  { settings, color, shown, context }: Printer,
): Promise<number> {
  const { format, threshold, coverage, run } = settings;
  const tested = await tester.test(folders, { run, coverage });
  const verdict = verdictOf(tested, threshold);
  const pattern = run === null ? null : run.source;
  const report: TestReport = { folders: tested, verdict, wantsCoverage: coverage, threshold, pattern };
  shown.clear();
  const { columns } = context;
  const text = format === 'json' ? jsonText(ruleTestJson(report)) : ruleTestText(report, { color, columns });
  await reportToStdout(context, text);
  return verdict.exitCode;
}

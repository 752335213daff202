import { builtInRules } from '../rules.ts';
import { CLOUDS } from '../config/tenants.ts';
import type { NeededPermissions } from '../permissions.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import { choiceOf, type Flags } from './flags.ts';
import { loadEffectiveConfig } from './load-config.ts';
import { notice, noticeWarnings } from './notices.ts';
import { PERMISSION_FORMATS, type PermissionFlags } from './permission-formats.ts';
import { azScript, powershellScript, type Registration } from './permissions-script.ts';
import { permissionsText } from './permissions-text.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { rulesThatAreOn } from './tenant-rules.ts';
import { jsonText } from './text-or-json.ts';
import { textWidth } from './text-width.ts';

/** What stands in a script until somebody puts a repository there. */
const NO_REPOSITORY = 'OWNER/REPOSITORY';
/** Names of repositories. https://docs.github.com/repositories/creating-and-managing-repositories/about-repositories */
const REPOSITORY = /^[\w.-]{1,100}\/[\w.-]{1,100}$/;
/** What git allows in the name of a branch, without what has a meaning elsewhere. https://git-scm.com/docs/git-check-ref-format */
const BRANCH = /^(?!.*\.\.)[\w][\w./#+-]{0,200}$/;

/** Prints the permissions that the rules need, or a script that registers an app with them. */
export async function printPermissions(
  options: PermissionFlags,
  flags: Flags,
  context: CliContext,
): Promise<void> {
  const format = choiceOf({ value: options.format, source: '--format' }, PERMISSION_FORMATS);
  const registration = registrationOf(options, flags);
  const isQuiet = flags.isOn('--quiet');
  const { config, ruleSet, warnings } = await loadEffectiveConfig(flags, context);
  if (!isQuiet) noticeWarnings(warnings, context);
  const { neededPermissions } = await import('../permissions.ts');
  const needed = neededPermissions({
    rules: rulesThatAreOn(config, ruleSet.rules),
    kind: options.delegated === true ? 'delegated' : 'application',
    beta: !flags.isOn('--no-beta'),
    tables: builtInRules().tables,
  });
  const isScript = format === 'az' || format === 'powershell';
  if (isScript && needed.permissions.length === 0)
    throw usageError('no rule that is on judges a tenant', 'There is nothing to register an app for.');
  if (isScript && needed.kind === 'application' && options.repository === undefined && !isQuiet)
    notice(context, [
      `the script names the GitHub repository ${NO_REPOSITORY}; --repository contoso/agents puts yours there`,
    ]);
  await reportToStdout(context, written(needed, { format, registration, flags, context }));
}

type Page = {
  readonly format: (typeof PERMISSION_FORMATS)[number];
  readonly registration: Registration;
  readonly flags: Flags;
  readonly context: CliContext;
};

function written(needed: NeededPermissions, { format, registration, flags, context }: Page): string {
  switch (format) {
    case 'json':
      return jsonText(needed);
    case 'az':
      return azScript(needed, registration);
    case 'powershell':
      return powershellScript(needed, registration);
    case 'text':
      return permissionsText(needed, {
        color: wantsColor(context, flags.either('--color', '--no-color')),
        width: textWidth(context),
      });
  }
}

/** @throws {UsageError} for a value that could not be what it is to be */
function registrationOf({ appName, repository, branch }: PermissionFlags, flags: Flags): Registration {
  const name = appName ?? 'agentid-lint';
  if (name.trim() === '' || name.length > 120 || /\p{C}/u.test(name))
    throw usageError(
      `--app-name: ${JSON.stringify(name)} cannot be the name of an app`,
      'Use 1 to 120 visible characters.',
    );
  if (repository !== undefined && !REPOSITORY.test(repository))
    throw usageError(
      `--repository: ${JSON.stringify(repository)} is not of the form owner/name`,
      'For example: --repository contoso/agents',
    );
  if (branch !== undefined && !BRANCH.test(branch))
    throw usageError(
      `--branch: ${JSON.stringify(branch)} is no name of a branch`,
      'For example: --branch main',
    );
  return {
    name,
    cloud: flags.one('--cloud', CLOUDS)?.value ?? 'global',
    repository: repository ?? NO_REPOSITORY,
    branch: branch ?? 'main',
  };
}

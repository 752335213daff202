import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { doctorText, type Findings } from './doctor-text.ts';
import type { Flags } from './flags.ts';
import { loadEffectiveConfig } from './load-config.ts';
import { noticeWarnings } from './notices.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { isInteractive, showDeviceCode } from './sign-in.ts';
import { untilStopped } from './stop.ts';
import { rulesThatAreOn } from './tenant-rules.ts';
import { tenantTarget } from './tenant-target.ts';
import { isJson, jsonText } from './text-or-json.ts';
import { textWidth } from './text-width.ts';
import { isTenantRule } from '../wanted.ts';
import { VERSION } from './version.ts';

/** Says what is set up and what of the tenant can be read. Gives the exit code. */
export async function examine(format: string, flags: Flags, context: CliContext): Promise<number> {
  const asJson = isJson(format);
  const { config, ruleSet, warnings } = await loadEffectiveConfig(flags, context);
  if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
  const rules = rulesThatAreOn(config, ruleSet.rules);
  const target = tenantTarget(flags, config, context);
  const offline = flags.isOn('--offline');
  const { diagnose, exitCodeOf } = await import('../doctor.ts');
  const diagnosis = await untilStopped(context, (signal) =>
    diagnose({
      ...target,
      tenant: target.tenantId,
      rules,
      beta: !flags.isOn('--no-beta'),
      env: context.env,
      isInteractive: isInteractive(context),
      offline,
      version: VERSION,
      nodeVersion: context.nodeVersion,
      now: context.now,
      random: context.random,
      signal,
      show: showDeviceCode(context),
    }),
  );
  const findings: Omit<Findings, 'now'> = {
    version: VERSION,
    runtime: context.runtime,
    policies: ruleSet.bundles.map(({ source, digest, catalogue }) => ({
      source: source.name,
      digest,
      rules: catalogue.rules.length,
    })),
    rules: { on: rules.length, ofTenants: rules.filter(isTenantRule).length },
    config: { file: config.file, tenants: Object.keys(config.tenants) },
    target,
    network: networkSettings(context),
    offline,
    diagnosis,
  };
  const exitCode = exitCodeOf(diagnosis);
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  await reportToStdout(
    context,
    asJson
      ? jsonText({ exitCode, ...findings })
      : doctorText({ ...findings, now: context.now() }, { color, width: textWidth(context) }),
  );
  return exitCode;
}

const NETWORK_VARIABLES = [
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_USE_ENV_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
] as const;

/** Settings of the network that are there. An address may hold a password, which is left out. */
function networkSettings({ env }: CliContext): Findings['network'] {
  return NETWORK_VARIABLES.flatMap((name) => {
    const value = env[name] ?? '';
    return value === '' ? [] : [{ name, value: value.replace(/\/\/[^/@]*@/, '//…@') }];
  });
}

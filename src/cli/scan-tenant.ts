import { resolve } from 'node:path';
import { failOnIn, rulesInTenant, settingsFor } from '../config/effective.ts';
import { repositoryBase } from '../config/find.ts';
import { isGuid } from '../config/tenants.ts';
import type { Report } from '../findings/report.ts';
import { collectInto, type CollectWorld } from './collect-tenant.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { deliverReport } from './deliver-report.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { chosenFramework } from './framework.ts';
import { historyFor } from './history.ts';
import { loadEffectiveConfig, type EffectiveConfig } from './load-config.ts';
import { debug, notice, noticeWarnings } from './notices.ts';
import { nowOf } from './now.ts';
import { countOf } from './number-flag.ts';
import { COLLECT_OPTIONS, SIGN_IN_OPTIONS, type OptionName } from './options.ts';
import { temporaryFile } from './output.ts';
import { FORMATS, parseOutputs } from './outputs.ts';
import { comparedWith, previousOf } from './previous.ts';
import { progress } from './progress.ts';
import { startStats, type Stats } from './stats.ts';
import { untilStopped } from './stop.ts';
import { judgement, type Judgement } from './suppressions.ts';
import { tenantFault } from './tenant-fault.ts';
import { tenantTarget } from './tenant-target.ts';
import { refuseWarnings, strictly } from './verdict-flags.ts';
import { VERSION } from './version.ts';

/** Judges a snapshot, or a tenant that is collected first. Gives the exit code. */
export async function scanTenant(flags: Flags, context: CliContext): Promise<number> {
  const isQuiet = flags.isOn('--quiet');
  const stats = flags.isOn('--stats') ? startStats(context) : null;
  const format = flags.one('--format', FORMATS)?.value ?? 'pretty';
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const showSuppressed = flags.isOn('--show-suppressed');
  const named = flags.text('--snapshot')?.value ?? null;
  if (named !== null) refuseCollecting(flags);
  const outputs = parseOutputs(flags.list('--output'), {
    cwd: context.cwd,
    paths: [named ?? flags.text('--keep')?.value ?? []].flat(),
  });
  const effective = await loadEffectiveConfig(flags, context);
  refuseWarnings(effective.warnings, flags);
  const byFramework = await chosenFramework(flags, context, effective.ruleSet.rules);
  if (!isQuiet) noticeWarnings(effective.warnings, context);
  if (flags.isOn('--debug'))
    debug(context, [
      ...effective.ruleSet.bundles.map(({ source, digest }) => `policies ${digest} ${source.name}`),
      `config ${effective.config.file ?? 'none'}`,
    ]);
  const world = {
    flags,
    context,
    effective,
    judgement: await judgement(flags, effective, context),
    stats,
    expectMin: countOf(flags.text('--expect-min')),
    now: judgedAt(flags, context),
  };
  const previous = await previousOf(flags, context);
  const asked = { paths: [], changed: null, rules: effective.ruleSet.rules };
  const keep = flags.text('--history') === undefined ? null : await historyFor(flags, asked, context);
  const judged = named === null ? await collectAndJudge(world) : await judgeNamed(named, world);
  const report = byFramework(await comparedWith(strictly(judged, flags), previous));
  stats?.stage('render');
  const annotations = !flags.isOn('--no-annotations');
  await deliverReport(report, { format, color, showSuppressed, outputs, annotations }, context);
  keep?.(report);
  stats?.print();
  return report.exitCode;
}

type ScanWorld = CollectWorld & {
  readonly effective: EffectiveConfig;
  readonly judgement: Judgement;
  readonly stats: Stats | null;
  readonly expectMin: number | null;
  /** RFC 3339; `null` for the moment that the snapshot was begun. */
  readonly now: string | null;
};

export function judgedAt(flags: Flags, context: CliContext): string | null {
  const now = flags.text('--now');
  return now === undefined ? null : nowOf(now, context);
}

/** @throws {UsageError} when something is to be collected, and a snapshot is there already */
function refuseCollecting(flags: Flags): void {
  const collecting: readonly OptionName[] = [
    ...SIGN_IN_OPTIONS.filter((name) => name !== '--tenant'),
    ...COLLECT_OPTIONS.filter((name) => name !== '--expect-min'),
    '--keep',
  ];
  const [given] = collecting.filter((name) => flags.isGiven(name));
  if (given === undefined) return;
  throw usageError(
    `${given} is for collecting a tenant, and --snapshot names one that was collected`,
    'Keep one of the two.',
  );
}

/** Judges a snapshot by its name. */
export async function judgeNamed(name: string, world: ScanWorld): Promise<Report> {
  const { flags, context, effective } = world;
  noticeDomains(effective.config, context);
  const report = await judgeSnapshot({ path: resolve(context.cwd, name), tenantName: null }, world);
  if (flags.text('--tenant') === undefined) return report;
  const { tenantId } = tenantTarget(flags, effective.config, context);
  const { tenant } = report;
  if (tenant === null || tenantId === null || tenant.id === tenantId.toLowerCase()) return report;
  throw usageError(
    `--tenant: the snapshot ${JSON.stringify(name)} is of the tenant ${tenant.id}`,
    tenant.redacted.includes('ids')
      ? 'Its ids are redacted, so that nobody can tell which tenant it is of. Leave --tenant out.'
      : 'Name the snapshot of the other tenant, or the GUID of this one.',
  );
}

/** The snapshot is gone when it is judged, unless it is to be kept. */
async function collectAndJudge(world: ScanWorld): Promise<Report> {
  const { flags, context } = world;
  const kept = flags.text('--keep')?.value ?? null;
  refuseForgetting(flags, kept);
  const temporary = kept === null ? temporaryFile('tenant.snapshot') : null;
  const path = temporary?.path ?? resolve(context.cwd, kept ?? '');
  try {
    world.stats?.stage('collect');
    await collectInto({ path, name: kept ?? 'the snapshot', canResume: kept !== null }, world);
    const { name } = tenantTarget(flags, world.effective.config, context);
    return await judgeSnapshot({ path, tenantName: name }, world);
  } finally {
    temporary?.remove();
  }
}

function refuseForgetting(flags: Flags, kept: string | null): void {
  if (kept !== null || !flags.isOn('--resume')) return;
  throw usageError('--resume needs a snapshot that is kept', 'Name it: --keep tenant.snapshot');
}

/** A snapshot knows its tenant by the id alone. */
function noticeDomains({ overrides, tenants }: EffectiveConfig['config'], context: CliContext): void {
  for (const [place, { match }] of overrides.entries()) {
    for (const name of match.tenant ?? []) {
      const { tenantId } = (Object.hasOwn(tenants, name) ? tenants[name] : undefined) ?? { tenantId: name };
      if (isGuid(tenantId)) continue;
      notice(context, [
        `override ${place + 1} has no effect on a snapshot: of the tenant "${name}" the config has a domain and no id`,
        'Give its GUID as tenantId.',
      ]);
    }
  }
}

type Named = {
  /** Absolute path of the snapshot. */
  readonly path: string;
  /** What the config calls its tenant; `null` when nobody said so. */
  readonly tenantName: string | null;
};

async function judgeSnapshot(
  { path, tenantName }: Named,
  { flags, context, effective, judgement: asked, stats, expectMin, now }: ScanWorld,
): Promise<Report> {
  const { config, ruleSet } = effective;
  const line = progress(context);
  const { scan } = await import('../scan.ts');
  stats?.stage('judge');
  const judging = untilStopped(context, () =>
    scan({
      snapshot: path,
      settingsFor: (target) => settingsFor(config, ruleSet.rules, target),
      offEverywhere: (tenant) => {
        const { mayRun } = rulesInTenant(config, tenant);
        return new Set(ruleSet.rules.flatMap((rule) => (mayRun(rule) ? [] : [rule.id])));
      },
      tenantName,
      exemptPrincipals: config.exemptPrincipals,
      production: config.production,
      failOn: config.failOn,
      failOnIn: (tenant) => failOnIn(config, tenant),
      allowEmpty: flags.isOn('--allow-empty'),
      allowIncomplete: flags.isOn('--allow-incomplete'),
      expectMin,
      bundles: ruleSet.bundles,
      base: repositoryBase(context.cwd),
      ...asked,
      version: VERSION,
      now,
      onProgress: (judged, all) => {
        line.say(`judging ${judged} of ${all} objects`);
      },
    }),
  );
  try {
    return await judging;
  } catch (error) {
    throw tenantFault(error, context);
  } finally {
    line.clear();
  }
}

import { resolve, sep } from 'node:path';
import { rulesInTenant } from '../config/effective.ts';
import type { CollectOutcome, CollectProblem } from '../collect.ts';
import { namedGroups, wantedFacts } from '../wanted.ts';
import { collectProgress } from './collect-progress.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { InterruptedError, OutputError, TenantError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { loadEffectiveConfig, type EffectiveConfig } from './load-config.ts';
import { debug, notice, noticeWarnings } from './notices.ts';
import { countOf } from './number-flag.ts';
import { receiptText } from './receipt-text.ts';
import { redactionOf } from './redaction.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { safeText } from './safe-text.ts';
import { shellWord } from './shell-word.ts';
import { signInTo } from './sign-in.ts';
import { startStats } from './stats.ts';
import { untilStopped } from './stop.ts';
import { rulesThatAreOn } from './tenant-rules.ts';
import { tenantTarget } from './tenant-target.ts';
import { textWidth } from './text-width.ts';
import { VERSION } from './version.ts';

const MOST_REQUESTS = 64;
/** Seconds that clocks may differ without harm. */
const SKEW = 300;

/** Collects a tenant into a snapshot and prints what is in it. Gives the exit code. */
export async function collectSnapshot(name: string, flags: Flags, context: CliContext): Promise<number> {
  const stats = flags.isOn('--stats') ? startStats(context) : null;
  const effective = await loadEffectiveConfig(flags, context);
  if (!flags.isOn('--quiet')) noticeWarnings(effective.warnings, context);
  const path = resolve(context.cwd, name);
  const expected = countOf(flags.text('--expect-min'));
  stats?.stage('collect');
  const { header, digest, bytes } = await collectInto(
    { path, name, canResume: true },
    { flags, context, effective },
  );
  stats?.stage('render');
  await reportToStdout(
    context,
    receiptText(
      { name, bytes, digest, header },
      { color: wantsColor(context, undefined), width: textWidth(context) },
    ),
  );
  stats?.print();
  const gaps = gapsOf(header, expected);
  if (gaps.length === 0 || flags.isOn('--allow-incomplete')) return 0;
  context.writeStderr(safeText(gaps.map((gap) => `incomplete: ${gap} (exit 4)`)));
  return 4;
}

/** Why a snapshot is less than was asked for, as sentences. */
function gapsOf(header: Collected['header'], least: number | null): readonly string[] {
  const { complete, collections } = header;
  const agents = collections.find(({ group }) => group === 'agentIdentities')?.objects ?? 0;
  return [
    ...(complete ? [] : ['not everything that the rules need could be read']),
    ...(least === null || agents >= least
      ? []
      : [
          `${agents} agent ${agents === 1 ? 'identity was' : 'identities were'} read, at least ${least} expected`,
        ]),
  ];
}

type Collected = Extract<CollectOutcome, { readonly ok: true }>;

export type CollectWorld = {
  readonly flags: Flags;
  readonly context: CliContext;
  readonly effective: EffectiveConfig;
};

type Target = {
  /** Absolute. */
  readonly path: string;
  /** As the user named it. */
  readonly name: string;
  /** Whether a later command can go on from it. */
  readonly canResume: boolean;
};

/**
 * Collects what the rules that are on need.
 * @throws {UsageError | TenantError | OutputError | InterruptedError} when there is no snapshot in the end
 */
export async function collectInto(target: Target, world: CollectWorld): Promise<Collected> {
  const { flags, context, effective } = world;
  const { config, ruleSet } = effective;
  const rules = rulesThatAreOn(config, ruleSet.rules);
  const wanted = wantedFacts(rules);
  if (wanted.length === 0)
    throw usageError('no rule that is on judges a tenant', 'There is nothing to collect. Switch a rule on.');
  const since = flags.text('--since')?.value;
  const concurrency = countOf(flags.text('--concurrency'), MOST_REQUESTS);
  const redact = redactionOf(flags, context);
  const tenant = tenantTarget(flags, config, context);
  const prepared = await signInTo(tenant, flags, context);
  const { endpoints, ask } = prepared;
  const progress = collectProgress(context, { isQuiet: flags.isOn('--quiet') });
  const { collectTenant } = await import('../collect.ts');
  const { now, random, startedAt } = context;
  const outcome = await untilStopped(
    context,
    (signal) =>
      collectTenant({
        graph: {
          endpoints,
          ask,
          tenant: prepared.tenant,
          allowWriteScopes: tenant.allowWriteScopes,
          ...(concurrency === null ? {} : { concurrency }),
          onWait: progress.wait,
        },
        output: target.path,
        wanted,
        beta: !flags.isOn('--no-beta'),
        namedGroups: namedGroups(rules, rulesInTenant(config, null).optionValues),
        resume: flags.isOn('--resume'),
        since: since === undefined ? null : resolve(context.cwd, since),
        redact,
        version: VERSION,
        now,
        random,
        owner: {
          pid: context.process.pid,
          startedAt: `${new Date(startedAt).toISOString().slice(0, 19)}Z`,
          isRunning: context.process.isRunning,
        },
        signal,
        onProgress: progress.step,
      }),
    () => {
      progress.clear();
      context.writeStderr(safeText(stoppedWords(target)));
    },
  ).finally(progress.clear);
  if (!outcome.ok) throw errorOf(outcome.problem, target, context);
  noticeCollected(outcome, world);
  return outcome;
}

/** What a person who has stopped a command can do next. */
function stoppedWords({ name, canResume }: Target): readonly string[] {
  if (!canResume)
    return ['stopped: nothing is kept; "agentid-lint collect -o tenant.snapshot" can be resumed'];
  const partial = shellWord(`${name}.partial`);
  return [
    `stopped: what was read is kept in ${partial}`,
    '  The same command with --resume goes on from there.',
  ];
}

function errorOf(
  { kind, message, hint, checkpoint }: CollectProblem,
  { canResume }: Target,
  { cwd }: CliContext,
): Error {
  // Files are named as everywhere else: from the working directory on.
  const sentence = message.replaceAll(cwd + sep, '').replace(/\.$/, '');
  const kept =
    checkpoint === null || !canResume || hint.includes('--resume')
      ? ''
      : ' What was read is kept: --resume goes on.';
  switch (kind) {
    case 'sign-in':
    case 'unreachable':
      return new TenantError({ message: sentence, hint: `${hint}${kept}` });
    case 'setting':
      return usageError(sentence, hint);
    case 'output':
      return new OutputError(`${sentence}. ${hint}${kept}`);
    case 'interrupted':
      return new InterruptedError(sentence);
  }
}

function noticeCollected({ header, token, stats }: Collected, { flags, context }: CollectWorld): void {
  if (flags.isOn('--debug'))
    debug(context, [
      `token of ${token.kind ?? 'unknown kind'} ${token.clientId ?? 'unknown client'}: ${token.permissions?.join(' ') ?? 'unknown permissions'}`,
      `${stats.requests} requests, ${stats.roundTrips} round trips, ${stats.batches} batches, ${stats.retries} retries, ${stats.bytes} bytes`,
    ]);
  if (flags.isOn('--quiet')) return;
  for (const warning of token.warnings) notice(context, [warning]);
  const skew = stats.clockSkew ?? 0;
  if (Math.abs(skew) > SKEW)
    notice(context, [
      `the clock here is ${Math.abs(Math.round(skew))} s apart from Graph's, whose time is used`,
    ]);
  const lists = header.collections.filter(({ group }) => LISTS.some((each) => each === group));
  if (lists.length > 0 && lists.every(({ status, objects }) => status === 'complete' && objects === 0))
    notice(context, ['0 agents found: the tenant has no blueprint, agent identity or agent user']);
}

const LISTS = ['blueprints', 'agentIdentities', 'agentUsers'] as const;

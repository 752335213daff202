import type { Report } from '../../src/findings/report.ts';
import { builtInRules } from '../../src/rules.ts';
import type { SuppressionPolicy, SuppressionSources } from '../../src/suppressions/types.ts';
import { readWaivers } from '../../src/suppressions/waivers.ts';
import { NOW, type LintFilesOptions } from '../support/lint-files.ts';

export const NO_OWNER = 'accountability/no-owner';
export const SECRET = 'credentials/client-secret';
export const POLICY: SuppressionPolicy = { maxDays: null, requireApprover: false, warnBeforeDays: 14 };
export const { rules } = builtInRules().catalogue;

export const UNTIL = 'until=2027-01-31';
export const APP = '00000000-0000-4000-a000-00000000000a';
export const OBJECT = '00000000-0000-4000-a000-00000000000b';
export const SPONSOR = { id: '00000000-0000-4000-a000-000000000001', '@odata.type': '#microsoft.graph.user' };

export const BLUEPRINT = {
  kind: 'agentIdentityBlueprint',
  displayName: 'hr',
  uniqueName: 'hr-agent',
  appId: APP,
  id: OBJECT,
  sponsors: [SPONSOR],
  passwordCredentials: [{ displayName: 'old', keyId: '00000000-0000-4000-a000-0000000000c1' }],
};

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export const HR = json(BLUEPRINT);

export function waivers(entries: readonly string[], policy = POLICY): SuppressionSources {
  const text = `version: 1\nwaivers:\n${entries.map((entry) => `  - {${entry}}\n`).join('')}`;
  const world = {
    rules: rules.map(({ id, aliases }) => ({ id, aliases, waivable: true })),
    policy,
    now: NOW,
    base: '',
  };
  const read = readWaivers({ uri: 'waivers.yaml', text, world });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { waivers: read.file, baseline: null, inline: true, policy };
}

export function entry(rule: string, object: string, { value = '', expires = '2027-01-31' } = {}): string {
  return `rule: ${rule}, object: {${object}}, ${value} reason: they said so, approvedBy: jane, created: 2026-01-01, expires: ${expires}`;
}

export function only(...ids: readonly string[]): LintFilesOptions {
  const ruleSeverities = Object.fromEntries(
    rules.filter(({ id }) => !ids.includes(id)).map(({ id }) => [id, 'off' as const]),
  );
  return { ruleSeverities };
}

export const BOTH = only(NO_OWNER, SECRET);

/** `rule kind` for each finding, and `counts` for those that do. */
export function states({ findings }: Report): readonly string[] {
  return findings.map(
    ({ rule, suppressed, expired }) =>
      `${rule.split('/')[1]} ${suppressed?.kind ?? 'counts'}${expired === null ? '' : ` (${expired.kind} expired)`}`,
  );
}

export function notices({ suppressions }: Report): readonly string[] {
  return suppressions.notices.map(
    ({ concern, kind, rule, object, location, message }) =>
      `${location?.uri}:${location?.range?.start.line} ${concern} ${kind} ${rule.split('/')[1]} ${object} | ${message}`,
  );
}

export function problems(report: Report): readonly string[] {
  return report.problems.map(
    ({ code, uri, range }) =>
      `${uri}:${range?.start.line}:${range?.start.column}-${range?.end.column} ${code}`,
  );
}

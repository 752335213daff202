import { hash } from 'node:crypto';
import type { Report } from '../../findings/report.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { cut } from '../../util/cut.ts';
import { visible } from '../escape.ts';

/** The version of the schema that records keep to: https://schema.ocsf.io/1.8.0. */
const VERSION = '1.8.0';
const HOME = 'https://github.com/agentid-lint/agentid-lint';
const MOST = 4000;

export const SEVERITIES = {
  critical: { severity_id: 5, severity: 'Critical' },
  high: { severity_id: 4, severity: 'High' },
  medium: { severity_id: 3, severity: 'Medium' },
  low: { severity_id: 2, severity: 'Low' },
  info: { severity_id: 1, severity: 'Informational' },
} as const satisfies Record<Severity, object>;

/** Untrusted text, on one line and bounded. */
export function plain(text: string): string {
  return visible(cut(text, MOST));
}

/** Every record of a run has the same `correlation_uid`: it is the `scan.uid` of its first record. */
export function runUid({ now, tool, tenant, base }: Report): string {
  return hash('sha256', JSON.stringify([now, tool.policyDigest, tenant?.id ?? null, base])).slice(0, 32);
}

/** What all records say of where they come from; `uid` is unique among those of the run. */
export function metadata(report: Report, uid: string, eventCode?: string): object {
  const { tool, tenant } = report;
  return {
    version: VERSION,
    uid: plain(uid),
    correlation_uid: runUid(report),
    ...(eventCode === undefined ? {} : { event_code: plain(eventCode) }),
    log_name: tool.name,
    product: { name: tool.name, vendor_name: tool.name, version: tool.version, url_string: HOME },
    ...(tenant === null ? {} : { tenant_uid: plain(tenant.id) }),
  };
}

/** Milliseconds since 1970; 0 for what is no time. */
export function epoch(time: string): number {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? 0 : milliseconds;
}

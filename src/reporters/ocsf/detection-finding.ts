import type { Finding } from '../../findings/finding.ts';
import type { Report, ReportedPrincipal, ReportedResource, ReportedRule } from '../../findings/report.ts';
import type { Suppression } from '../../findings/suppression.ts';
import type { Control } from '../../policy/types.ts';
import { repositoryPath } from '../repository-path.ts';
import { toldMessage } from '../told-message.ts';
import { webAddress } from '../web-address.ts';
import { epoch, metadata, plain, SEVERITIES } from './common.ts';

type Known = {
  readonly report: Report;
  readonly rule: ReportedRule | undefined;
  readonly resource: ReportedResource | undefined;
};

/** One finding as a Detection Finding (class 2004). What the class has no attribute for is in `unmapped`. */
export function detectionFinding(finding: Finding, known: Known): object {
  const { report } = known;
  const { fingerprint, severity, suppressed } = finding;
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    time: epoch(report.now),
    ...SEVERITIES[severity],
    ...(suppressed === null
      ? { status_id: 1, status: 'New' }
      : { status_id: 3, status: 'Suppressed', status_detail: plain(suppressed.reason) }),
    is_alert: suppressed === null,
    message: plain(toldMessage(finding)),
    metadata: metadata(report, fingerprint, finding.rule),
    finding_info: findingInfo(finding, known),
    resources: [resourceDetails(finding, known)],
    evidences: [evidence(finding, report)],
    observables: observables(finding, report),
    remediation: remediation(finding, known),
    unmapped: unmapped(finding, known),
  };
}

function findingInfo({ rule: id, fingerprint, message, location }: Finding, { report, rule }: Known): object {
  const [domain = id] = id.split('/');
  const url = webAddress(rule?.url ?? null);
  const title = plain(rule?.title ?? id);
  return {
    uid: plain(fingerprint),
    title,
    desc: plain(rule?.description ?? message),
    types: [plain(domain)],
    created_time: epoch(report.now),
    ...(url === null ? {} : { src_url: url }),
    data_sources: [location.kind === 'file' ? 'manifest' : 'Microsoft Graph'],
    analytic: {
      type_id: 1,
      type: 'Rule',
      uid: plain(id),
      name: title,
      category: plain(domain),
      version: report.tool.version,
    },
    ...(rule === undefined || rule.controls.length === 0 ? {} : { tags: tags(rule.controls) }),
  };
}

/** Controls by their framework. */
function tags(controls: readonly Control[]): readonly object[] {
  const ids = new Map<string, string[]>();
  for (const { framework, id } of controls) ids.set(framework, [...(ids.get(framework) ?? []), id]);
  return Array.from(ids, ([name, values]) => ({ name: plain(name), values: values.map(plain) }));
}

function resourceDetails({ resource: { ref, kind, name }, args }: Finding, { resource }: Known): object {
  const owner = [...(resource?.sponsors ?? []), ...(resource?.owners ?? [])].find(isNamed);
  const blueprint = resource?.blueprint ?? null;
  const uidAlt = resource?.appId ?? resource?.id ?? null;
  return {
    uid: plain(ref),
    ...(uidAlt === null ? {} : { uid_alt: plain(uidAlt) }),
    name: plain(name),
    type: kind,
    role_id: 3,
    role: 'Affected',
    ...(owner === undefined ? {} : { owner: user(owner) }),
    data: {
      blueprint: blueprint === null ? null : plain(blueprint.name),
      sponsors: people(resource?.sponsors),
      owners: people(resource?.owners),
      args: Object.fromEntries(
        Object.entries(args).map(([key, value]) => [
          plain(key),
          typeof value === 'string' ? plain(value) : value,
        ]),
      ),
    },
  };
}

/** OCSF knows no user without a name or an id. */
function isNamed({ name, id }: ReportedPrincipal): boolean {
  return name !== null || id !== null;
}

const USER_TYPES = {
  user: { type_id: 1, type: 'User' },
  servicePrincipal: { type_id: 4, type: 'Service' },
  group: { type_id: 99, type: 'Group' },
  agentUser: { type_id: 99, type: 'Agent user' },
  unknown: { type_id: 0, type: 'Unknown' },
} as const satisfies Record<ReportedPrincipal['kind'], object>;

function user({ kind, id, name }: ReportedPrincipal): object {
  return {
    ...(name === null ? {} : { name: plain(name) }),
    ...(id === null ? {} : { uid: plain(id) }),
    ...USER_TYPES[kind],
  };
}

/** Everybody who answers for a resource; `null` when nobody knows who does. */
function people(principals: readonly ReportedPrincipal[] | null | undefined): readonly object[] | null {
  return principals?.map((principal) => ({ ...user(principal), state: principal.state })) ?? null;
}

function evidence({ location }: Finding, { base }: Report): object {
  if (location.kind === 'tenant') {
    const portal = webAddress(location.portalUrl);
    return {
      ...(portal === null ? {} : { url: { url_string: portal } }),
      data: { object: plain(location.uri), pointer: plain(location.pointer) },
    };
  }
  const path = plain(repositoryPath(base, location.uri));
  const { range } = location;
  return {
    file: { name: path.slice(path.lastIndexOf('/') + 1), path, type_id: 1, type: 'Regular File' },
    data: {
      pointer: plain(location.pointer),
      start_line: range?.start.line ?? null,
      start_column: range?.start.column ?? null,
      end_line: range?.end.line ?? null,
      end_column: range?.end.column ?? null,
    },
  };
}

/** What other events are joined by. */
function observables({ resource, location }: Finding, { base }: Report): readonly object[] {
  const portal = location.kind === 'tenant' ? webAddress(location.portalUrl) : null;
  return [
    { name: 'resources[].uid', type_id: 10, type: 'Resource UID', value: plain(resource.ref) },
    ...(location.kind === 'file'
      ? [
          {
            name: 'evidences[].file.path',
            type_id: 45,
            type: 'File Path',
            value: plain(repositoryPath(base, location.uri)),
          },
        ]
      : []),
    ...(portal === null
      ? []
      : [{ name: 'evidences[].url.url_string', type_id: 6, type: 'URL String', value: portal }]),
  ];
}

function remediation({ remediation: text }: Finding, { rule }: Known): object {
  const url = webAddress(rule?.url ?? null);
  return { desc: plain(text), ...(url === null ? {} : { references: [url] }) };
}

function unmapped(
  { suppressed, expired, related, rule: id, formerFingerprints }: Finding,
  { report: { base }, rule }: Known,
): object {
  return {
    rule: plain(id),
    ...(rule === undefined ? {} : { rule_source: plain(rule.source) }),
    ...(formerFingerprints.length === 0 ? {} : { former_fingerprints: formerFingerprints.map(plain) }),
    ...(suppressed === null ? {} : { suppression: suppressionData(suppressed) }),
    ...(expired === null ? {} : { expired_suppression: suppressionData(expired) }),
    related: related.map(({ message, location }) => ({
      message: plain(message),
      place: plain(location.kind === 'file' ? repositoryPath(base, location.uri) : location.uri),
      line: location.range?.start.line ?? null,
    })),
  };
}

function suppressionData({ kind, approvedBy, ticket, created, expires }: Suppression): object {
  const told = (text: string | null) => (text === null ? null : plain(text));
  return {
    kind,
    approved_by: told(approvedBy),
    ticket: told(ticket),
    created: told(created),
    expires: told(expires),
  };
}

import type { FileLocation, Finding } from '../../../src/findings/finding.ts';
import type { Report, ReportedResource, ReportedRule } from '../../../src/findings/report.ts';
import type { Suppression, SuppressionNotice } from '../../../src/findings/suppression.ts';
import type { Collection } from '../../../src/model/collection.ts';
import { aManifest } from '../cases.ts';
import {
  aFinding,
  aLocation,
  aProblem,
  aRange,
  aReport,
  aTool,
  NO_SPONSOR,
  type ReportParts,
} from '../report-builder.ts';
import { aTenantReport, oneTenantFinding } from '../tenant-reports.ts';

/** Puts a text into one place of a report; the index tells several such places apart. */
type Put = (text: string, index: number) => ReportParts;

export type Field = {
  readonly put: Put;
  /** There is only one such place in a report. */
  readonly once: boolean;
  /** Pages put what has the text into its order, or count by it: there, one at a time is looked at. */
  readonly isOrdered: boolean;
  /** The text is an address: a page may link it when it is one of the web. */
  readonly isAddress: boolean;
  /** The text may have paragraphs and code in backticks, which a page may show as such. */
  readonly isProse: boolean;
};

/** Every place of a report that text from outside can reach: from manifests, a tenant, own rules, the disk, saved JSON. */
export const FIELDS: Readonly<Record<string, Field>> = {
  'problem code': many((code) => ({ problems: [aProblem({ code })] })),
  'problem message': many((message) => ({ problems: [aProblem({ message })] })),
  'problem hint': many((hint) => ({ problems: [aProblem({ hint })] })),
  'problem path': many((uri) => ({ problems: [aProblem({ uri })] })),
  'related problem message': many((message) => ({
    problems: [aProblem({ related: [{ message, range: aRange('1:1-1:2') }] })],
  })),

  'rule id': ordered((id, index) => ofRule(index, { id })),
  'rule title': many((title, index) => ofRule(index, { title })),
  'rule description': prose((description, index) => ofRule(index, { description })),
  'rule remediation': prose((remediation, index) => ofRule(index, { remediation })),
  'rule source': many((source, index) => ofRule(index, { source })),
  'rule address': address((url, index) => ofRule(index, { url })),
  'end of a rule address': address((text, index) => ofRule(index, { url: `https://example.org/${text}` })),
  framework: many((framework, index) => ofRule(index, { controls: [{ framework, id: '1' }] })),
  control: many((id, index) => ofRule(index, { controls: [{ framework: 'f', id }] })),

  message: many((message, index) => found(index, { message })),
  remediation: prose((remediation, index) => found(index, { remediation })),
  fingerprint: many((fingerprint, index) => found(index, { fingerprint })),
  'finding resource name': ordered((name, index) =>
    found(index, { resource: { kind: 'blueprint', ref: `blueprint/bot-${index}`, name } }),
  ),
  'finding resource ref': many((ref, index) =>
    found(index, { resource: { kind: 'blueprint', ref: `blueprint/${ref}`, name: 'bot' } }),
  ),
  path: many((uri, index) => found(index, { location: aLocation({ uri }) })),
  'path of nothing found': many((uri, index) =>
    found(index, { location: aLocation({ uri, range: null, snippet: [] }) }),
  ),
  pointer: many((pointer, index) => found(index, { location: aLocation({ pointer }) })),
  'pointer of nothing found': many((pointer, index) =>
    found(index, { location: aLocation({ pointer, range: null, snippet: [] }) }),
  ),
  'source line': many((text, index) => found(index, { location: aLocation(wholeLine(text)) })),
  'source behind tabs': many((text, index) => found(index, { location: aLocation(wholeLine(`\t#${text}`)) })),
  'path inside the resource': many((text, index) => found(index, { path: [text, 0, text] })),
  args: many((text, index) => found(index, { args: { text, list: [text] } })),
  'name of an arg': many((name, index) => found(index, { args: { [name]: 1 } })),
  'related message': many((message, index) =>
    found(index, { related: [{ message, location: aLocation() }] }),
  ),
  'related path': many((uri, index) =>
    found(index, { related: [{ message: 'm', location: aLocation({ uri }) }] }),
  ),
  'related pointer': many((pointer, index) =>
    found(index, { related: [{ message: 'm', location: aLocation({ pointer, range: null }) }] }),
  ),
  'tenant path': many((uri, index) => foundInTenant(index, { uri })),
  'tenant pointer': many((pointer, index) => foundInTenant(index, { pointer })),
  'tenant id of a finding': many((tenantId, index) => foundInTenant(index, { tenantId })),
  'page of an object': address((portalUrl, index) => foundInTenant(index, { portalUrl })),

  'suppression reason': many((reason, index) => suppressed(index, { reason })),
  'suppression approver': many((approvedBy, index) => suppressed(index, { approvedBy })),
  'suppression ticket': address((ticket, index) => suppressed(index, { ticket })),
  'suppression start': many((created, index) => suppressed(index, { created })),
  'suppression end': many((expires, index) => suppressed(index, { expires })),
  'suppression path': many((uri, index) => suppressed(index, { location: { uri, range: null } })),

  'former fingerprint': many((text, index) => found(index, { formerFingerprints: [text] })),
  'expired reason': many((reason, index) => expired(index, { reason })),
  'expired approver': many((approvedBy, index) => expired(index, { approvedBy })),
  'expired ticket': many((ticket, index) => expired(index, { ticket })),
  'expired start': many((created, index) => expired(index, { created })),
  'expired end': many((expires, index) => expired(index, { expires })),
  'expired path': many((uri, index) => expired(index, { location: { uri, range: null } })),
  'notice rule': many((rule) => noticed({ rule })),
  'notice object': many((object) => noticed({ object })),
  'notice message': many((message) => noticed({ message })),
  'notice end': many((expires) => noticed({ expires })),
  'notice path': many((uri) => noticed({ location: { uri, range: null } })),
  'waivers file': one((file) => ({ suppressions: { ...LOOKED_AT, waivers: { file, entries: 2 } } })),
  'baseline file': one((file) => ({ suppressions: { ...LOOKED_AT, baseline: { file, entries: 2 } } })),
  'exempt principal': many((id) => ({ exemptPrincipals: [{ id, reason: 'r', findings: 1 }] })),
  'why a principal is exempt': many((reason) => ({ exemptPrincipals: [{ id: 'i', reason, findings: 1 }] })),
  'earlier report': one((file) => ({ previous: { ...EARLIER, file } })),
  'moment of the earlier report': one((now) => ({ previous: { ...EARLIER, now } })),

  'resource name': many((name, index) => resource(index, { name })),
  'resource ref': many((ref, index) => resource(index, { ref: `blueprint/${ref}` })),
  'resource id': many((id, index) => resource(index, { id })),
  'resource app id': many((appId, index) => resource(index, { appId })),
  'resource path': many((uri, index) => resource(index, { location: { kind: 'file', uri, pointer: '' } })),
  'resource pointer': many((pointer, index) =>
    resource(index, { location: { kind: 'file', uri: 'agents/a.yaml', pointer } }),
  ),
  'resource tenant path': many((uri, index) => resource(index, { location: { kind: 'tenant', uri } })),
  'page of a resource': address((portalUrl, index) => resource(index, { portalUrl })),
  'why a resource broke': many((broken, index) => resource(index, { broken })),
  'blueprint of an agent': many((name, index) =>
    resource(index, {
      kind: 'agentIdentity',
      agents: null,
      blueprint: { ref: `blueprint/b-${index}`, name },
    }),
  ),
  'blueprint ref of an agent': many((ref, index) =>
    resource(index, {
      kind: 'agentIdentity',
      agents: null,
      blueprint: { ref: `blueprint/${ref}`, name: 'b' },
    }),
  ),
  sponsor: ordered((name, index) =>
    resource(index, { owners: [], sponsors: [{ kind: 'user', id: `s-${index}`, name, state: 'unknown' }] }),
  ),
  'sponsor id': ordered((id, index) =>
    resource(index, { owners: [], sponsors: [{ kind: 'user', id, name: null, state: 'unknown' }] }),
  ),
  owner: ordered((name, index) =>
    resource(index, { owners: [{ kind: 'group', id: `o-${index}`, name, state: 'unknown' }] }),
  ),
  'owner id': ordered((id, index) =>
    resource(index, { owners: [{ kind: 'user', id, name: null, state: 'unknown' }] }),
  ),
  permission: many((name, index) => resource(index, { permissions: [aPermission({ name })] })),
  'permission that is passed on': many((name, index) =>
    resource(index, { passesOn: [aPermission({ name })] }),
  ),
  'API of a permission': many((displayName, index) =>
    resource(index, { permissions: [aPermission({ resource: { appId: `api-${index}`, displayName } })] }),
  ),
  'API id of a permission': many((appId, index) =>
    resource(index, { permissions: [aPermission({ resource: { appId, displayName: null } })] }),
  ),
  'origin of a permission': many((name, index) =>
    resource(index, {
      permissions: [aPermission({ origin: { by: 'inherited', from: `p-${index}`, name } })],
    }),
  ),
  'origin ref of a permission': many((from, index) =>
    resource(index, { permissions: [aPermission({ origin: { by: 'inherited', from, name: 'p' } })] }),
  ),

  'error of a rule': many((error, index) => ({
    outcomes: [{ rule: `a/b-${index}`, status: 'failed', error }],
  })),
  'failed rule': many((rule) => ({ outcomes: [{ rule, status: 'failed', error: 'e' }] })),
  'skipped rule': many((rule) => ({ outcomes: [{ rule, status: 'skipped', reason: 'facts-missing' }] })),
  'exit reason of nothing judged': many((reason) => ({ exitReasons: [{ code: 3, reason }] })),
  'exit reason': many((reason) => ({ exitReasons: [{ code: 4, reason }] })),
  'unmarked path': many((text) => ({ ledger: { inputs: { unmarked: [text] } } })),
  'exclude pattern': many((by) => ({ ledger: { inputs: { excluded: [{ by, files: 1 }] } } })),
  'config file': many((text) => ({ config: { files: [text] } })),
  'name of a source': many((name) => ({
    tool: aTool([{ source: { kind: 'folder', name }, digest: 'd', rules: 1 }]),
  })),
  'digest of a source': many((digest) => ({
    tool: aTool([{ source: { kind: 'folder', name: 'n' }, digest, rules: 1 }]),
  })),

  version: one((version) => ({ tool: { ...aTool(), version } })),
  'policy digest': one((policyDigest) => ({ tool: { ...aTool(), policyDigest } })),
  moment: one((now) => ({ now })),
  'named path': one((path) => ({ ...found(0, {}), paths: [path] })),
  base: one((base) => ({ ...found(0, {}), base })),
  'compared commit': one((since) => ({ change: { since, files: 1, leftOut: 1 } })),

  'tenant name': one((displayName) => ofTenant({ displayName })),
  'tenant id': one((id) => ofTenant({ id })),
  cloud: one((cloud) => ofTenant({ cloud })),
  'moment of reading': one((startedAt) => ofTenant({ startedAt, finishedAt: startedAt })),
  'reason of a collection': one((reason) => ofCollection({ reason })),
  'permission of a collection': one((permission) => ofCollection({ permissions: [permission] })),
  'answer of Graph': one((text) =>
    ofCollection({ evidence: { status: 403, code: text, request: text, requestId: text } }),
  ),
};

/** A report with each text in its own place of the field. A field of one place takes one text. */
export function reportWith({ put, once }: Field, texts: readonly string[]): Report {
  if (once && texts.length > 1) throw new Error('there is only one such place');
  const parts = joined(texts.map(put));
  const findings = (parts.findings ?? []).map((finding, owner) => ({ ...finding, owner }));
  const failing = { verdict: 'error', exitCode: 10, exitReasons: [{ code: 10, reason: 'r' }] } as const;
  return aReport({ ...failing, checks: [CHECKED], ...parts, findings });
}

const CHECKED = { evaluated: [NO_SPONSOR.id], skipped: [] };

function many(put: Put): Field {
  return { put, once: false, isOrdered: false, isAddress: false, isProse: false };
}

function one(put: Put): Field {
  return { ...many(put), once: true };
}

function ordered(put: Put): Field {
  return { ...many(put), isOrdered: true };
}

function address(put: Put): Field {
  return { ...many(put), isAddress: true };
}

function prose(put: Put): Field {
  return { ...many(put), isProse: true };
}

function found(index: number, parts: Partial<Finding>): ReportParts {
  return { findings: [aFinding({ fingerprint: `v1:${index.toString(16).padStart(32, '0')}`, ...parts })] };
}

/** What a place is of is all of the line, however long it is. */
function wholeLine(text: string): Pick<FileLocation, 'snippet' | 'range'> {
  return { snippet: [{ number: 7, text }], range: aRange('7:1-7:9000') };
}

function foundInTenant(index: number, parts: object): ReportParts {
  const [finding] = oneTenantFinding().findings;
  const location = { ...finding?.location, ...parts } as Finding['location'];
  return { ...tenantParts(), ...found(index, { ...finding, location, fingerprint: `v1:${index}` }) };
}

function suppressed(index: number, parts: Partial<Suppression>): ReportParts {
  const waiver: Suppression = {
    kind: 'waiver',
    reason: 'known',
    approvedBy: null,
    ticket: null,
    created: null,
    expires: null,
    location: null,
  };
  return found(index, { suppressed: { ...waiver, ...parts } });
}

function expired(index: number, parts: Partial<Suppression>): ReportParts {
  const [finding] = suppressed(index, parts).findings ?? [];
  return finding === undefined
    ? {}
    : { findings: [{ ...finding, suppressed: null, expired: finding.suppressed }] };
}

const LOOKED_AT: Report['suppressions'] = { waivers: null, baseline: null, inline: true, notices: [] };

function noticed(parts: Partial<SuppressionNotice>): ReportParts {
  const notice: SuppressionNotice = {
    ...{ concern: 'stale', kind: 'waiver', rule: NO_SPONSOR.id, object: 'o', message: 'm' },
    expires: '2027-01-31',
    location: null,
  };
  return { suppressions: { ...LOOKED_AT, notices: [{ ...notice, ...parts }] } };
}

const EARLIER: NonNullable<Report['previous']> = {
  ...{ file: 'results.json', now: '2026-11-16T00:00:00Z', added: 1, fixed: 2 },
  ...{ severityChanged: 3, suppressed: 4, unsuppressed: 5, unknown: 6 },
};

function resource(index: number, parts: Partial<ReportedResource>): ReportParts {
  return { resources: [aManifest({ ref: `blueprint/bot-${index}`, name: `bot ${index}`, ...parts })] };
}

/** A rule, a finding of it, and a resource that it was asked about. */
function ofRule(index: number, parts: Partial<ReportedRule>): ReportParts {
  const rule = { ...NO_SPONSOR, id: `acme/rule-${index}`, ...parts };
  return {
    ...found(index, { rule: rule.id }),
    rules: [rule],
    outcomes: [{ rule: rule.id, status: 'evaluated', subjects: 1, failing: 1 }],
    checks: [
      { evaluated: [rule.id], skipped: [{ rule: rule.id, reason: 'facts-missing', missing: ['sponsors'] }] },
    ],
    ...resource(index, {}),
  };
}

function aPermission(
  parts: Partial<ReportedResource['permissions'][number]>,
): ReportedResource['permissions'][number] {
  return {
    kind: 'delegated',
    name: 'Mail.Read',
    resource: { appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' },
    origin: { by: 'direct' },
    consent: 'user',
    ...parts,
  };
}

function tenantParts(): Pick<Report, 'tenant'> {
  return { tenant: aTenantReport().tenant };
}

function ofTenant(parts: Partial<NonNullable<Report['tenant']>>): ReportParts {
  const { tenant } = tenantParts();
  return tenant === null ? {} : { ...found(0, {}), tenant: { ...tenant, ...parts } };
}

function ofCollection(parts: Partial<Collection>): ReportParts {
  const { tenant } = tenantParts();
  const [collection] = tenant?.collections ?? [];
  if (tenant === null || collection === undefined) return {};
  return ofTenant({ complete: false, collections: [{ ...collection, status: 'forbidden', ...parts }] });
}

/** Lists behind each other; resources keep their checks. What a report has once is that of the first. */
function joined(all: readonly ReportParts[]): ReportParts {
  const [first = {}] = all;
  if (all.length <= 1) return first;
  const listed = {
    ...listOf(all, 'problems'),
    ...listOf(all, 'findings'),
    ...listOf(all, 'rules'),
    ...listOf(all, 'outcomes'),
    ...listOf(all, 'exitReasons'),
    ...listOf(all, 'checks'),
    ...listOf(all, 'exemptPrincipals'),
  };
  const resources = all.flatMap((parts, index) => {
    // Each part that has checks of its own has one, and its resources name it.
    return (parts.resources ?? []).map((entry) => ({
      ...entry,
      checks: parts.checks === undefined ? 0 : index,
    }));
  });
  const inputs = all.flatMap(({ ledger }) => ledger?.inputs ?? []);
  const looked = all.flatMap(({ suppressions }) => suppressions ?? []);
  return {
    ...first,
    ...listed,
    ...(first.suppressions === undefined
      ? {}
      : { suppressions: { ...first.suppressions, notices: looked.flatMap(({ notices }) => notices) } }),
    ...(first.resources === undefined ? {} : { resources }),
    ...(inputs.length === 0
      ? {}
      : { ledger: { inputs: { ...listOf(inputs, 'unmarked'), ...listOf(inputs, 'excluded') } } }),
    ...(first.config === undefined
      ? {}
      : { config: { files: all.flatMap(({ config }) => config?.files ?? []) } }),
    ...(first.tool === undefined
      ? {}
      : {
          tool: {
            ...first.tool,
            policies: aTool(all.flatMap(({ tool }) => tool?.policies.slice(1) ?? [])).policies,
          },
        }),
  };
}

function listOf<T extends object, K extends keyof T>(
  all: readonly T[],
  name: K,
): { readonly [name in K]?: T[K] } {
  if (!Array.isArray(all[0]?.[name])) return {};
  return { [name]: all.flatMap((parts) => parts[name] as readonly unknown[]) } as unknown as {
    readonly [name in K]?: T[K];
  };
}

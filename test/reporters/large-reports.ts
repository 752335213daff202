import type { Finding } from '../../src/findings/finding.ts';
import type { Report, ReportedResource } from '../../src/findings/report.ts';
import { aManifest, CASES } from './cases.ts';
import { aFailingReport, aFinding, aLocation, aRange, NO_SPONSOR, SECRET } from './report-builder.ts';

/** Findings of every blueprint: of two rules, of three severities, in itself and in its agents. */
const EACH = 10;

/** A report over as many blueprints as make this number of findings, with an agent each. */
export function reportOfMany(findings: number): Report {
  const blueprints = Array.from({ length: Math.ceil(findings / EACH) }, (_, index) => index);
  const resources = blueprints.flatMap((index) => [blueprint(index), agent(index)]);
  return aFailingReport({
    findings: blueprints.flatMap(findingsOf).slice(0, findings),
    resources,
    checks: [{ evaluated: [NO_SPONSOR.id, SECRET.id], skipped: [] }],
    outcomes: [NO_SPONSOR, SECRET].map(({ id }) => ({
      rule: id,
      status: 'evaluated',
      subjects: resources.length,
      failing: blueprints.length,
    })),
    ledger: {
      inputs: { read: blueprints.length },
      resources: { total: resources.length, judged: resources.length },
      evaluations: { pairs: 2 * resources.length, evaluated: 2 * resources.length },
    },
  });
}

function nameOf(index: number): string {
  return `bot-${String(index).padStart(4, '0')}`;
}

function blueprint(index: number): ReportedResource {
  const name = nameOf(index);
  return aManifest({
    ref: `blueprint/${name}`,
    name,
    location: { kind: 'file', uri: `agents/${name}.yaml`, pointer: '' },
    agents: 1,
    passesOn: [permission(index, name)],
  });
}

function agent(index: number): ReportedResource {
  const name = nameOf(index);
  return aManifest({
    ref: `agentIdentity/${name}-1`,
    kind: 'agentIdentity',
    name: `${name} 1`,
    location: { kind: 'file', uri: `agents/${name}.yaml`, pointer: '/agents/0' },
    blueprint: { ref: `blueprint/${name}`, name },
    agents: null,
    permissions: [permission(index, name)],
  });
}

function permission(index: number, name: string): ReportedResource['permissions'][number] {
  return {
    kind: index % 3 === 0 ? 'application' : 'delegated',
    name: `Thing${index % 40}.Read.All`,
    resource: { appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' },
    origin: { by: 'inherited', from: `blueprintPrincipal/${name}`, name },
    consent: 'admin',
  };
}

function findingsOf(index: number): Finding[] {
  const name = nameOf(index);
  return Array.from({ length: EACH }, (_, place): Finding => {
    const isOfAgent = place % 2 === 1;
    const line = 10 + place;
    return aFinding({
      ...(place < EACH / 2 ? {} : { rule: SECRET.id, remediation: SECRET.remediation }),
      severity: place === 0 ? 'critical' : place < EACH / 2 ? 'high' : 'low',
      message: `finding ${index * EACH + place} of "${name}" is one of very many`,
      resource: isOfAgent
        ? { kind: 'agentIdentity', ref: `agentIdentity/${name}-1`, name: `${name} 1` }
        : { kind: 'blueprint', ref: `blueprint/${name}`, name },
      location: aLocation({
        uri: `agents/${name}.yaml`,
        range: aRange(`${line}:3-${line}:15`),
        snippet: [{ number: line, text: '  sponsors: []' }],
      }),
      fingerprint: `v1:${String(index * EACH + place).padStart(32, '0')}`,
    });
  });
}

/** One report in which every section has something to say. */
export function reportOfAllParts(): Report {
  const tenant = CASES['tenant']!();
  const incomplete = CASES['incomplete']!();
  const [many] = reportOfMany(1).resources;
  return {
    ...tenant,
    problems: incomplete.problems,
    outcomes: incomplete.outcomes,
    exitReasons: incomplete.exitReasons,
    findings: [...tenant.findings, ...incomplete.findings, ...CASES['suppressed']!().findings],
    resources: [...tenant.resources, many!, { ...many!, ref: 'blueprint/broken', broken: 'it broke' }],
    config: { files: ['agentid-lint.config.yaml'] },
    change: { since: 'main', files: 1, leftOut: 2 },
  };
}

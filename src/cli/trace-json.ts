import { toJsonFinding, toJsonProblem, toJsonRange } from '../reporters/json/finding.ts';
import type { ResourceTrace, TraceOutcome } from '../rules/resource-trace.ts';
import type { RuleTrace } from '../rules/trace.ts';
import type { Why } from '../rules/why.ts';

/** What `rules trace` prints for programs. */
export function traceJson({ rule, source, needs, resources, problems, empty, exitCode }: RuleTrace): unknown {
  return {
    format: 'rules-trace-v1',
    rule: rule.id,
    source: { kind: source.kind, name: source.name },
    needs: needs === null ? null : { helpers: needs.libs, tables: needs.tables },
    resources: resources.map(resourceJson),
    problems: problems.map(toJsonProblem),
    empty,
    exitCode,
  };
}

function resourceJson({ location, outcome, why, ...resource }: ResourceTrace): unknown {
  const { resource: who, severity, settings, input, lookUps } = resource;
  return {
    resource: who,
    location: { kind: 'file', ...location, range: toJsonRange(location.range) },
    outcome: outcomeJson(outcome),
    severity,
    settings,
    input,
    lookUps,
    why: why === null ? null : whyJson(why),
  };
}

function outcomeJson(outcome: TraceOutcome): unknown {
  return outcome.status === 'found'
    ? { status: outcome.status, findings: outcome.findings.map(toJsonFinding) }
    : outcome;
}

export function whyJson(why: Why): unknown {
  if (why.status === 'untraced') return why;
  const { file, lines, disagreement } = why.trace;
  return {
    status: why.status,
    file,
    lines: lines.map(({ number, text, mark, candidates }) => ({ line: number, text, mark, candidates })),
    disagreement,
  };
}

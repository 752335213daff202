import type { Report, ReportedTenant } from '../../findings/report.ts';
import { readLine } from '../collections.ts';
import { previousWords } from '../previous-note.ts';
import { skippedRules } from '../skipped-rules.ts';
import { budgetWords } from '../tally.ts';
import { count } from '../text.ts';
import { moment, span } from './moments.ts';
import { fact } from './parts.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';

const SHORT_DIGEST = 'sha256:'.length + 16;

/** What was judged, in a title. */
export function subjectOf({ tenant, base, ledger }: Report): string {
  if (tenant !== null) return tenant.displayName ?? tenant.id;
  return base === '' ? count(ledger.inputs.read, 'manifest') : base;
}

/** What was judged, by what, and when. */
export function runFacts(report: Report): Markup {
  const { tool, failOn, ledger, outcomes, config, change } = report;
  const { resources, evaluations } = ledger;
  const rules = outcomes.filter(({ status }) => status === 'evaluated').length;
  const skipped = skippedRules(report);
  return markup`<dl class="facts">
    ${report.tenant === null ? filesFacts(report) : tenantFacts(report.tenant)}
    ${fact('Judged', `${resources.judged} of ${count(resources.total, 'resource')} by ${count(rules, 'rule')}: ${count(evaluations.evaluated, 'evaluation')}`)}
    ${skipped.length === 0 ? null : fact('Skipped', joined(skipped, markup`<br>`))}
    ${fact('Fails at', failOn === 'none' ? 'nothing: findings do not fail this run' : markup`severity “${failOn}” or worse`)}${gateFacts(report)}
    ${fact('Scope', change === null ? 'everything' : markup`what changed since <code>${change.since}</code>: ${count(change.files, 'file')}; ${count(change.leftOut, 'finding')} elsewhere left out`)}
    ${fact('Judged as of', moment(report.now))}
    ${fact('Tool', `${tool.name} ${tool.version}`)}
    ${fact('Policies', joined(tool.policies.map(({ source, rules: number }) => (source.kind === 'built-in' ? count(number, 'built-in rule') : `${number} from ${source.name}`))))}
    ${fact('Digest of policies', markup`<code class="digest">${shortDigest(tool.policyDigest)}</code>`)}
    ${fact('Settings', config.files.length === 0 ? 'the built-in ones' : joined(config.files.map((file) => markup`<code>${file}</code>`)))}
    </dl>`;
}

/** What else was asked of the findings. */
function gateFacts({ maxFindings, failOnNew, previous }: Report): Content {
  const budgets = budgetWords(maxFindings);
  return [
    budgets === null ? null : fact('Budgets', budgets),
    failOnNew ? fact('New findings', 'fail the run, whatever their severity') : null,
    previous === null
      ? null
      : fact(
          'Compared',
          markup`since <code>${previous.file}</code> of ${moment(previous.now)}: ${previousWords(previous)}`,
        ),
  ];
}

function tenantFacts(tenant: ReportedTenant): Content {
  const { id, cloud, startedAt, finishedAt, redacted } = tenant;
  return [
    fact('Tenant', markup`<code>${id}</code>, ${cloud} cloud`),
    fact('Read', [readLine(tenant), ', ', span(startedAt, finishedAt)]),
    redacted.length === 0 ? null : fact('Hidden on request', joined(redacted)),
  ];
}

function filesFacts({ base, ledger: { inputs } }: Report): Content {
  return [
    fact('Folder', base === '' ? 'the working directory' : markup`<code>${base}</code>`),
    fact('Read', `${count(inputs.read, 'file')} with something to judge`),
  ];
}

function shortDigest(digest: string): string {
  return digest.length > SHORT_DIGEST ? `${digest.slice(0, SHORT_DIGEST)}…` : digest;
}

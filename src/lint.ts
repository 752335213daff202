import { evaluate } from './policy/evaluate.ts';
import { PolicyEngine } from './policy/engine.ts';
import { dataText } from './policy/data.ts';
import type { Report } from './findings/report.ts';
import { toFindings } from './lint/findings.ts';
import { readInputs } from './lint/inputs.ts';
import { toReport } from './lint/report.ts';
import type { LintRequest } from './lint/request.ts';
import { SubjectBuilder } from './lint/subjects.ts';

/**
 * Lints manifests: finds the files, reads the resources in them, judges each with every rule that applies, and
 * reports. Reads files only; opens no socket, starts no process, reads no clock.
 * @throws {PolicyError} when the policy bundle cannot be used at all
 * @throws {TypeError} when `now` is no timestamp; everything else ends in the report
 */
export async function lint(request: LintRequest): Promise<Report> {
  const { bundle, onStage = () => undefined } = request;
  onStage('read');
  const builder = new SubjectBuilder(request);
  const inputs = await readInputs(request, (resource) => {
    builder.add(resource);
  });
  onStage('prepare');
  const prepared = builder.result();
  const engine = new PolicyEngine(bundle.wasm, dataText(bundle, prepared.data));
  onStage('evaluate');
  const evaluation = await evaluate(engine, bundle.catalogue, prepared.subjects);
  onStage('locate');
  const findings = toFindings(evaluation.findings, inputs.resources, prepared, bundle.catalogue);
  return toReport(request, inputs, evaluation, findings);
}

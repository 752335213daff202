import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { pathOf } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { resultsProblem, runAgain } from './problem.ts';

/** A file that a program wrote has more wrong for one reason; nobody reads on. */
const MOST_PROBLEMS = 5;

/** Where results do not fit the schema, in the order of the file. */
export function schemaProblems(errors: readonly SchemaError[], document: SourceDocument): readonly Problem[] {
  const forks = new Set(errors.filter(isFork).map(({ instancePath }) => instancePath));
  return errors
    .filter((error) =>
      isFork(error) ? !isBelow(error, forks) : !isBelow(error, forks) && !forks.has(error.instancePath),
    )
    .map((error) => toProblem(error, document))
    .toSorted((one, other) => (one.range?.start.offset ?? 0) - (other.range?.start.offset ?? 0))
    .slice(0, MOST_PROBLEMS);
}

/** Where none of several forms fits, what each of them misses is not worth telling. */
function isFork({ keyword }: SchemaError): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

function isBelow({ instancePath }: SchemaError, forks: ReadonlySet<string>): boolean {
  const steps = instancePath.split('/');
  return steps.some((_step, index) => index > 0 && forks.has(steps.slice(0, index).join('/')));
}

function toProblem(error: SchemaError, document: SourceDocument): Problem {
  const { keyword, params, instancePath } = error;
  const path = pathOf(instancePath, document.data);
  const hint = runAgain(document);
  if (keyword === 'required') {
    const message = `${subject(instancePath)} has no key "${String(params['missingProperty'])}".`;
    return resultsProblem(document, path, { code: 'results-missing-key', message, hint });
  }
  const message = `${subject(instancePath)} ${expectation(error)}.`;
  return resultsProblem(document, path, { code: 'results-invalid-value', message, hint });
}

function subject(pointer: string): string {
  return pointer === '' ? 'The report' : pointer;
}

function expectation({ keyword, params }: SchemaError): string {
  switch (keyword) {
    case 'type':
      return `must be ${[params['type']].flat().map(String).join(' or ')}`;
    case 'enum':
      return `must be one of ${[params['allowedValues']].flat().map(String).join(', ')}`;
    case 'const':
      return `must be ${String(params['allowedValue'])}`;
    case 'oneOf':
    case 'anyOf':
      return 'has none of the forms that it may have';
    default:
      return `does not fit the schema (${keyword})`;
  }
}

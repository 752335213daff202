import type { Problem } from '../../documents/problem.ts';
import { positionSuffix } from '../text.ts';
import type { TestCase } from './suite.ts';

/** What could not be read, as a case that could not be run. */
export function problemCase({ code, message, hint, uri, range, related = [] }: Problem): TestCase {
  const place = uri === null ? [] : [`At: ${uri}${positionSuffix(range)}`];
  return {
    subject: 'agentid-lint',
    name: `reading: ${code}${positionSuffix(range)}`,
    result: {
      kind: 'error',
      type: code,
      message,
      body: [
        ...place,
        ...related.map((other) => `See: ${uri ?? ''}${positionSuffix(other.range)} ${other.message}`),
        ...(hint === undefined ? [] : [`Help: ${hint}`]),
      ],
    },
  };
}

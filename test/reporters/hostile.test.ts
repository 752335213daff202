import { expect, test } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { TEXTS } from './hostile/texts.ts';
import { aFailingReport, aFinding, aLocation, aProblem } from './report-builder.ts';

test('hostile text adds no line to a screen', () => {
  const quiet = pretty(aFailingReport(), { color: false }).split('\n').length;
  const loud = TEXTS.map((message) => {
    return pretty(aFailingReport({ findings: [aFinding({ message })] }), { color: false }).split('\n').length;
  });
  expect(new Set(loud)).toEqual(new Set([quiet]));
});

test('JSON gives every value back as it was, lone surrogates as U+FFFD', () => {
  for (const text of TEXTS) {
    const location = aLocation({ uri: text, pointer: text });
    const report = aFailingReport({
      problems: [aProblem({ message: text, hint: text, uri: text })],
      findings: [
        aFinding({
          message: text,
          args: { [`_${text}`]: text },
          location,
          related: [{ message: text, location }],
        }),
      ],
      ledger: { inputs: { unmarked: [text] } },
    });
    const value = text.replaceAll(/\p{Cs}/gu, '\ufffd');
    expect(JSON.parse(json(report, { color: false }))).toMatchObject({
      problems: [{ message: value, hint: value, location: { uri: value } }],
      findings: [
        {
          message: value,
          args: { [`_${value}`]: value },
          location: { uri: value, pointer: value },
          related: [{ message: value, location: { uri: value, pointer: value } }],
        },
      ],
      ledger: { inputs: { unmarked: [value] } },
    });
  }
});

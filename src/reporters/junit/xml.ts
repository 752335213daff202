import { visible } from '../escape.ts';
import type { CaseResult, TestCase, TestSuite } from './suite.ts';

/**
 * Suites as XML 1.0 that fits both common schemas, Ant's (windyroad/JUnit-Schema) and Jenkins' (junit-10.xsd): Ant's
 * demands a host, `localhost` when it is not known, and empty elements for output; Jenkins' knows no more.
 */
export function xmlLines(suites: readonly TestSuite[], timestamp: string): string[] {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites.flatMap((suite, id) => suiteLines(suite, id, timestamp)),
    '</testsuites>',
  ];
}

function suiteLines({ name, properties, cases }: TestSuite, id: number, timestamp: string): string[] {
  const number = (kind: CaseResult['kind']) =>
    String(cases.filter(({ result }) => result.kind === kind).length);
  const head = attributes({
    id: String(id),
    name: nameable(name),
    package: 'agentid-lint',
    tests: String(cases.length),
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
    time: '0',
    timestamp,
    hostname: 'localhost',
  });
  return [
    `  <testsuite ${head}>`,
    ...(properties.length === 0 ? ['    <properties/>'] : propertyLines(properties)),
    ...cases.flatMap(caseLines),
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
  ];
}

function propertyLines(properties: TestSuite['properties']): string[] {
  return [
    '    <properties>',
    ...properties.map(([name, value]) => `      <property ${attributes({ name, value })}/>`),
    '    </properties>',
  ];
}

function caseLines({ subject, name, result }: TestCase): string[] {
  const head = attributes({
    name: nameable(name),
    classname: nameable(subject.replaceAll('/', '.')),
    time: '0',
  });
  return result.kind === 'passed'
    ? [`    <testcase ${head}/>`]
    : [`    <testcase ${head}>`, ...resultLines(result), '    </testcase>'];
}

function resultLines(result: Exclude<CaseResult, { readonly kind: 'passed' }>): string[] {
  if (result.kind === 'skipped') return [`      <skipped ${attributes({ message: result.message })}/>`];
  const { kind, type, message, body } = result;
  const [first = '', ...rest] = body.map(text);
  const lines = [`      <${kind} ${attributes({ message, type })}>${first}`, ...rest];
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ''}</${kind}>`];
}

/** A name is never empty, nor only blanks. */
function nameable(name: string): string {
  return name.trim() === '' ? '(no name)' : name;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${text(value)}"`)
    .join(' ');
}

/** Text of one line; what XML 1.0 cannot hold, not even as a reference, is no character of it any more. */
function text(value: string): string {
  return visible(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

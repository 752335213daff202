import { describe, expect, test } from 'vitest';
import { commandsIn } from './runner-commands.ts';

const NONE = {};

describe('version 2', () => {
  test.each([
    ['a command alone', '::warning::', NONE, ''],
    ['a message', '::warning::some message', NONE, 'some message'],
    ['one property', '::warning prop1=value 1::', { prop1: 'value 1' }, ''],
    ['two properties', '::warning prop1=value 1,prop2=value 2::', { prop1: 'value 1', prop2: 'value 2' }, ''],
    [
      'three properties and a message',
      '::warning a=value 1,b=value 2,c=value 3::some message',
      { a: 'value 1', b: 'value 2', c: 'value 3' },
      'some message',
    ],
    [
      'every escape of a message, wherever it stands',
      '::warning::percent %25 percent %25 cr %0D cr %0D lf %0A lf %0A',
      NONE,
      'percent % percent % cr \r cr \r lf \n lf \n',
    ],
    [
      'escapes of escapes',
      '::warning::%2525 %2525 %250D %250D %250A %250A %253A %252C',
      NONE,
      '%25 %25 %0D %0D %0A %0A %3A %2C',
    ],
    [
      'every escape of a property',
      '::warning name=percent %25 cr %0D lf %0A colon %3A comma %2C comma %2C::',
      { name: 'percent % cr \r lf \n colon : comma , comma ,' },
      '',
    ],
    [
      'values that are JSON',
      '::warning a={"test"%3A"object"},b=123::{"test":"object"}',
      { a: '{"test":"object"}', b: '123' },
      '{"test":"object"}',
    ],
    ['colons and commas in a message', '::warning a=1::b::c,d=e', { a: '1' }, 'b::c,d=e'],
    [
      'another property than was meant',
      '::warning file=a,line=9.yaml::x',
      { file: 'a', line: '9.yaml' },
      'x',
    ],
    ['an equals sign in a value', '::warning a=b=c::', { a: 'b=c' }, ''],
    ['properties without a name or a value', '::warning =a,b=,,c==d,e::x', { c: 'd' }, 'x'],
    ['a command in capitals', '::WARNING::x', NONE, 'x'],
    [
      'white space before it, with the next-line character',
      ' \t\u00a0\u3000\u0085\u2028::warning::x',
      NONE,
      'x',
    ],
  ])('%s', (_what, line, properties, data) => {
    expect(commandsIn(`${line}\n`)).toEqual([{ version: 2, command: 'warning', properties, data }]);
  });

  test.each([
    ['it is not at the start of the line', 'x ::error::y'],
    ['the runner does not know it', '::some-command::x'],
    ['it has no second pair of colons', '::error x'],
    ['a blank comes first', ':: error::x'],
    ['a byte order mark is before it', '\ufeff::error::x'],
    ['a character without width is between the colons', ':\u200b:error::x'],
    ['its name has a character without width', '::err\u200bor::x'],
  ])('no command when %s', (_why, line) => {
    expect(commandsIn(line)).toEqual([]);
  });

  test('a character without width may be in the second pair of colons', () => {
    expect(commandsIn('::error:\u200b:x')).toMatchObject([{ command: 'error', data: ':x' }]);
  });
});

describe('version 1', () => {
  test.each([
    ['at the start', '##[warning]x', NONE, 'x'],
    ['in the middle of a line', 'name: "a ##[warning]x"', NONE, 'x"'],
    ['with properties', '##[warning a=1;b=2]x', { a: '1', b: '2' }, 'x'],
    ['with escapes', '##[warning a=%3B%5D%25%0A]%3B%5D%253A', { a: ';]%\n' }, ';]%3A'],
    ['behind what only looks like version 2', '::nothing::##[warning]x', NONE, 'x'],
  ])('%s', (_what, line, properties, data) => {
    expect(commandsIn(line)).toEqual([{ version: 1, command: 'warning', properties, data }]);
  });

  test.each([
    ['the bracket stays open', '##[error x'],
    ['it is broken up', '##\\x5berror]x'],
    ['the first bracket of the line holds another word', '##[x] ##[error]y'],
  ])('no command when %s', (_why, line) => {
    expect(commandsIn(line)).toEqual([]);
  });
});

describe('Azure Pipelines', () => {
  test.each([
    ['at the start', '##vso[task.logissue type=error;]x', { type: 'error' }, 'x'],
    ['in the middle of a line', 'a ##vso[task.logissue]b', NONE, 'b'],
    ['with escapes', '##vso[task.logissue a=%3B%5D%AZP25%0D;]%AZP250A %AZP25', { a: ';]%\r' }, '%0A %'],
    ['with a name in parts that are empty', '##vso[.Task..LogIssue.]x', NONE, 'x'],
  ])('%s', (_what, line, properties, data) => {
    expect(commandsIn(line)).toEqual([{ version: 'vso', command: 'task.logissue', properties, data }]);
  });

  test.each([
    ['it has no event', '##vso[task]x'],
    ['the bracket stays open', '##vso[task.complete'],
  ])('no command when %s', (_why, line) => {
    expect(commandsIn(line)).toEqual([]);
  });

  test('one line can speak to both runners', () => {
    expect(commandsIn('::error::##vso[task.complete]x').map(({ command }) => command)).toEqual([
      'error',
      'task.complete',
    ]);
  });
});

test.each([['\n'], ['\r'], ['\r\n']])('a line ends with %j', (end) => {
  expect(commandsIn(`x${end}::error::a${end}::error::b`).map(({ data }) => data)).toEqual(['a', 'b']);
});

test.each([['\u2028'], ['\u2029'], ['\u0085'], ['\v'], ['\f']])('no line ends with %j', (character) => {
  expect(commandsIn(`x${character}::error::a`)).toEqual([]);
});

describe('stop-commands', () => {
  const names = (text: string) => commandsIn(text).map(({ command, data }) => `${command} ${data}`);

  test('nothing is obeyed until the token, whichever version says it', () => {
    const text = '::stop-commands::T1\n::error::a\n##[error]b\n::t1::\n::error::c\n';
    expect(names(text)).toEqual(['stop-commands T1', 't1 ', 'error c']);
    expect(names(text.replace('::t1::', 'x ##[t1]'))).toEqual(['stop-commands T1', 't1 ', 'error c']);
  });

  test('a token is worth nothing once it was used, nor before', () => {
    expect(names('::t::\n::stop-commands::t\n::t::\n::t::\n')).toEqual(['stop-commands t', 't ']);
  });

  test.each([[''], ['error'], ['pause-logging']])('the token %j is refused', (token) => {
    expect(names(`::stop-commands::${token}\n::error::a`)).toEqual([`stop-commands ${token}`, 'error a']);
  });

  test('Azure Pipelines does not know it', () => {
    expect(names('::stop-commands::t\n##vso[task.complete]x')).toEqual([
      'stop-commands t',
      'task.complete x',
    ]);
  });
});

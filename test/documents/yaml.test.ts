import { describe, expect, test } from 'vitest';
import { parseText } from '../../src/documents/parse.ts';
import { outcome, problemsIn, timed } from './brief.ts';

const yaml = (text: string) => problemsIn('yaml', text);
const data = (text: string) => {
  const { data: found, problems } = outcome('yaml', text);
  expect(problems).toEqual([]);
  return found;
};

describe('nesting', () => {
  const deep = (depth: number) => '['.repeat(depth) + '1' + ']'.repeat(depth);

  test('Y01 nesting that kills other parsers is refused at its place, and the process lives', () => {
    const line = `- ${'['.repeat(850)}${']'.repeat(850)}\n`;
    expect(yaml(line + line)).toEqual(['too-deep 1:67-68']);
    expect(yaml(`${'['.repeat(2000)}\n---\n`.repeat(10))).toEqual(['too-deep 1:66-67']);
    expect(timed(() => yaml('['.repeat(500_000)))).toBeLessThan(1000);
    expect(timed(() => yaml('{a: '.repeat(500_000)))).toBeLessThan(1000);
    expect(timed(() => yaml('- '.repeat(500_000)))).toBeLessThan(1000);
  });

  test('Y01 64 levels are read, 65 are not', () => {
    expect(data(`a: ${deep(63)}`)).toHaveLength(1);
    expect(yaml(`a: ${deep(64)}`)).toEqual(['too-deep 1:67-68']);
    expect(data(deep(64))).toHaveLength(1);
    expect(yaml(deep(65))).toEqual(['too-deep 1:66-67']);
    expect(data(`${'- '.repeat(64)}x`)).toHaveLength(1);
    expect(yaml(`${'- '.repeat(65)}x`)).toEqual(['too-deep 1:131-132']);
  });

  test('Y02 nested explicit keys are refused in no time', () => {
    expect(timed(() => yaml(`${'? '.repeat(600)}a`))).toBeLessThan(1000);
    expect(yaml(`${'? '.repeat(600)}a`)).toEqual(['too-deep 1:132-133']);
    expect(yaml('? [a, b]\n: 1')).toEqual(['yaml-complex-key 1:3-4']);
    expect(yaml('? {a: 1}\n: 1')).toEqual(['yaml-complex-key 1:3-4']);
    expect(yaml('? - a\n: 1')).toEqual(['yaml-complex-key 1:3-4']);
  });
});

describe('aliases, anchors, merge keys', () => {
  test('Y03 billion laughs: the first twenty places are named', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const value =
        level === 0 ? '[lol]' : `[${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`;
      return `k${level}: &a${level} ${value}`;
    });
    const problems = yaml(levels.join('\n'));
    expect(problems.slice(0, 4)).toEqual([
      'yaml-anchor 1:5-8',
      'yaml-anchor 2:5-8',
      'yaml-alias 2:10-13',
      'yaml-alias 2:15-18',
    ]);
    expect(problems).toHaveLength(20);
  });

  test('Y04 a large anchor that is used often is refused', () => {
    const text = `a: &a ${'x'.repeat(100_000)}\n${Array.from({ length: 99 }, (_, i) => `b${i}: *a\n`).join('')}`;
    expect(timed(() => yaml(text))).toBeLessThan(1000);
    expect(yaml(text)[0]).toBe('yaml-anchor 1:4-6');
  });

  test('Y05 an honest file with aliases is told where they stand', () => {
    expect(yaml('a: &a 1\nb: *a\nc: *a')).toEqual([
      'yaml-anchor 1:4-6',
      'yaml-alias 2:4-6',
      'yaml-alias 3:4-6',
    ]);
  });

  test('Y06 a cycle is refused', () => {
    expect(yaml('a: &a {b: *a}')).toEqual(['yaml-anchor 1:4-6', 'yaml-alias 1:11-13']);
  });

  test('Y07 an alias of nothing has its place', () => {
    expect(yaml('a: *nope')).toEqual(['yaml-alias 1:4-9']);
  });

  test('Y12 merge keys are refused in every form, a quoted << is a key', () => {
    expect(yaml('<<: *x')).toEqual(['yaml-merge-key 1:1-3', 'yaml-alias 1:5-7']);
    expect(yaml('a: 1\n<<: [*a, *b]')).toEqual([
      'yaml-merge-key 2:1-3',
      'yaml-alias 2:6-8',
      'yaml-alias 2:10-12',
    ]);
    expect(yaml('{<<: {a: 1}}')).toEqual(['yaml-merge-key 1:2-4']);
    const chain = Array.from({ length: 4000 }, (_, i) => `k${i}: &a${i} {<<: *a${i - 1}}\n`).join('');
    expect(timed(() => yaml(chain))).toBeLessThan(1000);
    expect(data('"<<": 1')).toEqual([{ '<<': 1 }]);
  });
});

describe('keys', () => {
  test('Y08 duplicate keys are named with both places', () => {
    expect(yaml('a: 1\na: 2')).toEqual(['duplicate-key 2:1-2 (1:1-2)']);
    expect(yaml('x:\n  - {a: 1, b: 2, a: 3}')).toEqual(['duplicate-key 2:18-19 (2:6-7)']);
    expect(data('x: {a: 1}\ny: {a: 1}')).toEqual([{ x: { a: 1 }, y: { a: 1 } }]);
  });

  test('Y09 keys that differ only by type are duplicates', () => {
    expect(yaml('1: a\n"1": b')).toEqual(['duplicate-key 2:1-4 (1:1-2)']);
    expect(yaml('0x1: a\n1: b')).toEqual(['duplicate-key 2:1-2 (1:1-4)']);
    expect(yaml('true: a\nTrue: b')).toEqual(['duplicate-key 2:1-5 (1:1-5)']);
    expect(data('1: a\ntrue: b\n1.5: c')).toEqual([{ '1': 'a', true: 'b', '1.5': 'c' }]);
  });

  test('Y10 a duplicate by an alias as key is refused', () => {
    expect(yaml('&a k: 1\n*a : 2')).toEqual(['yaml-anchor 1:1-3', 'yaml-alias 2:1-3']);
  });

  test('Y11 keys that are null, and duplicates by escapes', () => {
    expect(yaml('? \n~: b\nnull: c\n"": d')).toEqual([
      'yaml-null-key 1:1-2',
      'yaml-null-key 2:1-2',
      'yaml-null-key 3:1-5',
      'duplicate-key 4:1-3 (1:1-2)',
    ]);
    expect(yaml('"a": 1\n"\\u0061": 2')).toEqual(['duplicate-key 2:1-9 (1:1-4)']);
    expect(yaml(': 1')).toEqual(['yaml-null-key 1:1-2']);
    expect(data('"": 1\n"null": 2\n"~": 3')).toEqual([{ '': 1, null: 2, '~': 3 }]);
  });

  test('Y16 keys that JavaScript has plans for are plain own keys', () => {
    const [found] = data(
      '__proto__: {isAdmin: true}\nconstructor: 1\ntoString: 2\ntoJSON: 3\nhasOwnProperty: 4',
    );
    expect(Object.entries(found as object)).toEqual([
      ['__proto__', { isAdmin: true }],
      ['constructor', 1],
      ['toString', 2],
      ['toJSON', 3],
      ['hasOwnProperty', 4],
    ]);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(yaml('__proto__: 1\n__proto__: 2')).toEqual(['duplicate-key 2:1-10 (1:1-10)']);
  });

  test('Y18 forty thousand keys take no time', () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `key${i}: 1\n`).join('');
    expect(timed(() => data(text))).toBeLessThan(1000);
    expect(timed(() => problemsIn('yaml', text.replaceAll('key', '? key')))).toBeLessThan(1000);
  });

  test('Y24 an unknown key keeps its place for the schema', () => {
    const { documents } = parseText({ uri: 'a.yaml', text: 'api:\n  unknwon: 1\n', language: 'yaml' });
    expect(documents[0]?.locateKey(['api', 'unknwon'])).toEqual({
      range: { start: { line: 2, column: 3, offset: 7 }, end: { line: 2, column: 10, offset: 14 } },
      exact: true,
    });
  });
});

describe('scalars', () => {
  test('Y13 directives are refused and change nothing', () => {
    expect(yaml('%YAML 1.1\n---\nn: yes\no: 017\ny: 1')).toEqual([
      'yaml-directive 1:1-10',
      'leading-zero 4:4-7',
    ]);
    expect(yaml('# c\n%YAML 1.2\n---\na: 1')).toEqual(['yaml-directive 2:1-10']);
    expect(yaml('%TAG ! tag:x,2000:\n---\na: 1')).toEqual(['yaml-directive 1:1-19']);
    expect(yaml('%FOO\n---\na: 1')).toEqual(['yaml-directive 1:1-5']);
    expect(yaml('%YAML 2.0\n---\na: 1')).toEqual(['yaml-directive 1:1-2']);
    expect(outcome('yaml', 'a: 1\n...\n%YAML 1.2\n---\nb: 1')).toEqual({
      data: [{ a: 1 }],
      problems: ['yaml-directive 3:1-10'],
    });
    expect(data('a: |\n  x\n  %y\n---\nb: 1')).toEqual([{ a: 'x\n%y\n' }, { b: 1 }]);
  });

  test('Y14 what YAML 1.1 took for something else is text, but a leading zero is refused', () => {
    const text =
      'a: no\nb: off\nc: yes\nd: y\ne: 1_000\nf: 1:30\ng: 2020-01-01\nh: 0o8\ni: 0b1\nj: -0x1\nk: 1e\nl: 00000003-0000-0000-c000-000000000000';
    expect(data(text)).toEqual([
      {
        a: 'no',
        b: 'off',
        c: 'yes',
        d: 'y',
        e: '1_000',
        f: '1:30',
        g: '2020-01-01',
        h: '0o8',
        i: '0b1',
        j: '-0x1',
        k: '1e',
        l: '00000003-0000-0000-c000-000000000000',
      },
    ]);
    expect(yaml('a: 017')).toEqual(['leading-zero 1:4-7']);
    expect(yaml('- -08\n- 00\n- 01.5\n- 017: x')).toEqual([
      'leading-zero 1:3-6',
      'leading-zero 2:3-5',
      'leading-zero 3:3-7',
      'leading-zero 4:3-6',
    ]);
    expect(data('a: "017"')).toEqual([{ a: '017' }]);
  });

  test('plain scalars follow the core schema', () => {
    const text =
      '[null, Null, NULL, ~, true, True, FALSE, 0, 12, -7, +3, 0o17, 0x1F, 1.5, .5, 1., -1e3, nULL, tRUE, .]';
    expect(data(text)).toEqual([
      [
        null,
        null,
        null,
        null,
        true,
        true,
        false,
        0,
        12,
        -7,
        3,
        15,
        31,
        1.5,
        0.5,
        1,
        -1000,
        'nULL',
        'tRUE',
        '.',
      ],
    ]);
  });

  test('Y15 every tag is refused', () => {
    expect(yaml('a: !!js/function "x"')).toEqual(['yaml-tag 1:4-17']);
    expect(yaml('a: !!python/object:os.system x')).toEqual(['yaml-tag 1:4-29']);
    expect(yaml('a: !foo b\nb: !!binary eA==')).toEqual(['yaml-tag 1:4-8', 'yaml-tag 2:4-12']);
    expect(yaml('!!set {x}')).toEqual(['yaml-tag 1:1-6']);
    expect(yaml('a: !<tag:x,y> b')).toEqual(['yaml-tag 1:4-14']);
    expect(yaml('a: !s3cr3t!value b')).toEqual(['yaml-tag 1:17-18']);
    expect(yaml('!t k: 1')).toEqual(['yaml-tag 1:1-3']);
    expect(yaml('--- !t\n...')).toEqual(['yaml-tag 1:5-7']);
  });

  test('Y17 numbers that readers round are refused', () => {
    expect(yaml('a: 9007199254740993')).toEqual(['number-not-exact 1:4-20']);
    expect(yaml(`a: ${'1234567890'.repeat(3)}`)).toEqual(['number-not-exact 1:4-34']);
    expect(yaml('a: 1e400\nb: 1e-400\nc: 0xFFFFFFFFFFFFFFFF')).toEqual([
      'number-not-exact 1:4-9',
      'number-not-exact 2:4-10',
      'number-not-exact 3:4-22',
    ]);
    expect(yaml('- .nan\n- .inf\n- -.INF\n- -0\n- -0.0')).toEqual([
      'number-not-exact 1:3-7',
      'number-not-exact 2:3-7',
      'number-not-exact 3:3-8',
      'number-not-exact 4:3-5',
      'number-not-exact 5:3-7',
    ]);
    expect(data('- 9007199254740991\n- -9007199254740991\n- 0e5\n- "9007199254740993"')).toEqual([
      [9007199254740991, -9007199254740991, 0, '9007199254740993'],
    ]);
  });

  test('text in every style comes out as the same text', () => {
    const text =
      'a: one two\nb: "one\\x20two"\nc: \'one two\'\nd: >-\n  one\n  two\ne: one\n  two\nf: |-\n  one two\n';
    expect(data(text)).toEqual([
      { a: 'one two', b: 'one two', c: 'one two', d: 'one two', e: 'one two', f: 'one two' },
    ]);
  });
});

describe('what readers take differently', () => {
  test('an escaped line break before an empty line is refused, other escapes are not', () => {
    expect(yaml('a: "x\\\n\n  y"')).toEqual(['yaml-unclear-line-break 1:4-3:5']);
    expect(yaml('- "\\\\\\\r\n \t\r\n y"')).toEqual(['yaml-unclear-line-break 1:3-3:4']);
    expect(data('a: "x\\\n  y"')).toEqual([{ a: 'xy' }]);
    expect(data('a: "x\\\\\n\n  y"')).toEqual([{ a: 'x\\\ny' }]);
  });

  test('a document marker that is indented is refused', () => {
    expect(outcome('yaml', '  ---\na: |\n  x\n---\nb: 1')).toEqual({
      data: [{ b: 1 }],
      problems: ['yaml-syntax 1:3-6'],
    });
    expect(yaml('# c\n ---\n')).toEqual(['not-a-mapping 2:2-5']);
  });
});

describe('streams', () => {
  test('Y20 every document of a stream is read', () => {
    expect(data('a: 1\n---\nb: 2')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(data('{"a":1}\n---\n{"b":2}')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(data('---\na: 1\n...\n---\n---\n# nothing\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('Y20 a problem costs only the document it stands in', () => {
    expect(outcome('yaml', 'a: 1\n---\nb: *x\n---\nc: 3\n---\njust text')).toEqual({
      data: [{ a: 1 }, { c: 3 }],
      problems: ['yaml-alias 3:4-6', 'not-a-mapping 7:1-10'],
    });
  });

  test('Y20 a document with too many problems is not told of to its end, and the next one is read', () => {
    const bad = `${'- *x\n- {a: [b, "c]"]}\n'.repeat(30)}- |\n  --- x\n- - y`;
    const { data: found, problems } = outcome('yaml', `${bad}\n--- # c\na: |\n  x\n---\nb: *x`);
    expect(found).toEqual([{ a: 'x\n' }]);
    expect(problems).toHaveLength(21);
    expect(problems.slice(19)).toEqual(['yaml-alias 39:3-5', 'yaml-alias 68:4-6']);
  });

  test('Y20 documents are numbered by their place in the stream', () => {
    const { documents } = parseText({
      uri: 'a.yaml',
      text: '---\n---\na: 1\n---\nb: *x\n---\nc: 3',
      language: 'yaml',
    });
    expect(documents.map(({ index, language }) => [index, language])).toEqual([
      [0, 'yaml'],
      [2, 'yaml'],
    ]);
  });

  test('Y19 floods of errors stop at the first', () => {
    const floods = { ',': 'yaml-syntax 1:2-3', '}': 'yaml-syntax 1:2-3', '"': 'yaml-syntax 1:4-5' };
    for (const [character, expected] of Object.entries(floods)) {
      expect(timed(() => yaml(`[${character.repeat(160_000)}`))).toBeLessThan(1000);
      expect(yaml(`[${character.repeat(160_000)}`)).toEqual([expected]);
    }
  });

  test('Y23 nothing is written to stderr on the side', () => {
    const warnings: unknown[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    yaml('? [a, b]\n: !unknown 1');
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});

describe('JSON-like text', () => {
  test('Y21 a // or /* comment is never taken for a part of the data', () => {
    expect(yaml('{"a":1, // c\n"b":2}')).toEqual(['yaml-comment-in-flow 1:9-2:6']);
    expect(yaml('{"a":1, /* c */ "b":2}')).toEqual(['yaml-comment-in-flow 1:9-22']);
    expect(yaml('{"a":1 // c\n, "b":2}')).toEqual(['yaml-comment-in-flow 1:6-12']);
    expect(yaml('[// c\n1]')).toEqual(['yaml-comment-in-flow 1:2-2:2']);
    expect(yaml('a: [x, // y\n  z]')).toEqual(['yaml-comment-in-flow 1:8-2:4']);
    expect(data('{a: https://x/y, b: a//b, "c": "// d"}')).toEqual([
      { a: 'https://x/y', b: 'a//b', c: '// d' },
    ]);
    expect(data('{"a":1, # c\n"b":2}')).toEqual([{ a: 1, b: 2 }]);
  });

  test('Y21 a missing comma never swallows a member', () => {
    expect(yaml('{"a":1 "b":2}')).toEqual(['yaml-ambiguous-text 1:6-13']);
    expect(yaml('{"a":1\n"b":2}')).toEqual(['yaml-ambiguous-text 1:6-2:6']);
    expect(yaml('{"a":"1"\n"b":2}')).toEqual(['yaml-syntax 2:1-2']);
    expect(data('a: 5" disk')).toEqual([{ a: '5" disk' }]);
  });

  test('Y22 {a:1} goes through to the schema with its key', () => {
    expect(data('{a:1}')).toEqual([{ 'a:1': null }]);
    const { documents } = parseText({ uri: 'a.yaml', text: '{a:1}', language: 'yaml' });
    expect(documents[0]?.locateKey(['a:1']).range.start).toEqual({ line: 1, column: 2, offset: 1 });
  });

  test('flow style that is not JSON is read as YAML', () => {
    expect(data('{a: 1, b: [x, y,], "c": {}}')).toEqual([{ a: 1, b: ['x', 'y'], c: {} }]);
    expect(data('[a: 1, b]')).toEqual([[{ a: 1 }, 'b']]);
  });
});

describe('syntax errors say what and where', () => {
  test.each([
    ['a: [1, 2', 'yaml-syntax 1:9-9'],
    ['a:\n\t- b', 'yaml-syntax 2:1-2'],
    ['a:\n  - b\n c: 1', 'yaml-syntax 3:2-3'],
    ['a: "x', 'yaml-syntax 1:6-6'],
    ['a: b: c', 'yaml-syntax 1:5-6'],
    ['a: "\\q"', 'yaml-syntax 1:6-7'],
    ['a: @x', 'yaml-syntax 1:4-5'],
  ])('%j', (text, expected) => {
    expect(yaml(text)).toEqual([expected]);
  });
});

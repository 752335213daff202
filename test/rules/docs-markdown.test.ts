import fc from 'fast-check';
import { parsers } from 'prettier/plugins/markdown';
import { describe, expect, test } from 'vitest';
import { cell, code, codeBlock, codeInCell, link, prose } from '../../src/rules/docs/markdown.ts';

type Node = { readonly type: string; readonly children?: readonly Node[]; readonly value?: string };

/** What another program than ours makes of Markdown. */
function parsed(markdown: string): Node {
  return parsers.markdown.parse(markdown, {} as never) as Node;
}

function typesIn(node: Node): readonly string[] {
  return [...new Set([node.type, ...(node.children ?? []).flatMap(typesIn)])].sort();
}

/** Pieces that mean something in Markdown, HTML or GitHub, to be put together in any order. */
const PIECES = [
  ...['`', '``', '```', '*', '**', '_', '__', '[', ']', '(', ')', '<', '>', '#', '|', '~', '~~~', '-', '---'],
  ...['+ ', '1. ', '1)', '\n', '\n\n', ' ', '    ', '\t', '&amp;', '&lt;', '\\', '!', 'a', 'b c', ':-', '='],
  ...['https://x.example', 'www.x.example', '<img src=x>', '<!--', '$x$', 'x_y', '@org/team', '\u202e'],
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('O10 prose', () => {
  test.each([
    ['A tag such as `team:claims` tells whom to call.', 'A tag such as `team:claims` tells whom to call.'],
    ['two\n\nparagraphs', 'two\n\nparagraphs'],
    ['snake_case and agent_365, but _not_ this', String.raw`snake_case and agent_365, but \_not\_ this`],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
    ['[ok](https://evil.example)', String.raw`\[ok\](https:&#47;/evil.example)`],
    ['![x](//evil.example/?q)', String.raw`!\[x\](//evil.example/?q)`],
    ['see www.evil.example', 'see www&#46;evil.example'],
    ['| **PASS** | 0 findings |', String.raw`\| \*\*PASS\*\* \| 0 findings \|`],
    ['# Heading', String.raw`\# Heading`],
    ['> quoted', String.raw`\> quoted`],
    ['- item', String.raw`\- item`],
    ['1. item', String.raw`1\. item`],
    ['2026 was good', '2026 was good'],
    ['text\n===', 'text\n\\==='],
    ['~~~\ncode', '\\~\\~\\~\ncode'],
    ['    indented', 'indented'],
    ['ends in blanks   \nbefore the line does', 'ends in blanks\nbefore the line does'],
    ['&lt;b&gt; &copy', String.raw`\&lt;b\&gt; &copy`],
    ['<details><!-- hidden', '&lt;details>&lt;!-- hidden'],
    ['an odd ` stays', 'an odd \\` stays'],
    ['``a ` b``', '``a ` b``'],
    ['`code <b> | *`', '`code <b> | *`'],
    ['costs $5 or $6', String.raw`costs \$5 or \$6`],
    ['back\\slash', String.raw`back\\slash`],
    ['left\u202eright and \u200b', String.raw`left\\u{202e}right and \\u{200b}`],
  ])('of %j is shown as it is', (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  test('never becomes anything but text and code', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const allowed = ['inlineCode', 'paragraph', 'root', 'text'];
        expect(allowed).toEqual(
          expect.arrayContaining(typesIn(parsed(`before\n\n${prose(text)}\n`)) as unknown[]),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('O10 a cell', () => {
  test.each([
    ['a | b', String.raw`a \| b`, '<code>a &#124; b</code>'],
    ['`a | b`', '<code>a &#124; b</code>', '<code>&#96;a &#124; b&#96;</code>'],
    [String.raw`\|`, String.raw`\\\|`, '<code>&#92;&#124;</code>'],
    ['two\nlines', 'two lines', '`two⏎lines`'],
    ['["team:*"]', String.raw`\["team:\*"\]`, '`["team:*"]`'],
  ])('of %j stays in its cell', (text, asText, asCode) => {
    expect(cell(text)).toBe(asText);
    expect(codeInCell(text)).toBe(asCode);
  });

  test('never opens another one', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { children = [] } = parsed(
          `| a | b |\n| --- | --- |\n| ${cell(text)} | ${codeInCell(text)} |\n`,
        );
        const rows = children[0]?.children ?? [];
        expect(children.map(({ type }) => type)).toEqual(['table']);
        expect(rows.map((row) => row.children?.length)).toEqual([2, 2]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('O10 a value', () => {
  test.each([
    ['agents/a.yaml', '`agents/a.yaml`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    [' a ', '`  a  `'],
    ['', '`  `'],
    ['\n| **PASS** |', '`⏎| **PASS** |`'],
    ['\u001b[2J', '`\\u{1b}[2J`'],
  ])('such as %j is one code span', (value, span) => {
    expect(code(value)).toBe(span);
  });

  test('is cut when it is endless', () => {
    expect(code('x'.repeat(3000))).toBe(`\`${'x'.repeat(2000)}…\``);
  });

  test('is never anything else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { children = [] } = parsed(`x ${code(text)} y`);
        expect(children.map(typesIn)).toEqual([['inlineCode', 'paragraph', 'text']]);
      }),
      { numRuns: 300 },
    );
  });
});

test('O10 a manifest cannot leave its block', () => {
  expect(codeBlock('yaml', 'notes: |\n  ```\n  # Heading\n')).toEqual([
    '````yaml',
    'notes: |\n  ```\n  # Heading',
    '````',
    '',
  ]);
  expect(codeBlock('json', '{}')).toEqual(['```json', '{}', '```', '']);
  expect(codeBlock('yaml', 'a: \u202eb\tc')[1]).toBe('a: \\u{202e}b\tc');
  fc.assert(
    fc.property(hostile, (text) => {
      const { children = [] } = parsed(`${codeBlock('yaml', text).join('\n')}\nend\n`);
      expect(children.map(({ type }) => type)).toEqual(['code', 'paragraph']);
    }),
    { numRuns: 300 },
  );
});

test('O10 a link leads where it says', () => {
  expect(link('Tags of a [blueprint]', 'https://learn.example/tags')).toBe(
    String.raw`[Tags of a \[blueprint\]](https://learn.example/tags)`,
  );
  expect(link('x', 'https://learn.example/a)b')).toBe('[x](<https://learn.example/a)b>)');
});

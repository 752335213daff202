import { describe, expect, test } from 'vitest';
import type { ReporterName } from '../../../src/reporters/index.ts';
import { DETECTORS } from './detectors.ts';

const PLAIN = { isAddress: false, isProse: false };

/** What a format's detector says of a piece of an output, where its twin has harmless texts. */
function harmIn(format: ReporterName, output: string, twin: string): string | null {
  return DETECTORS[format](output, twin, PLAIN);
}

describe('the detector of terminals', () => {
  test.each([
    ['a command behind white space', 'x\n \u00a0::error::x'],
    ['a command anywhere', 'x ##[error] y'],
    ['a command of another runner', 'x ##VSO[task.complete]'],
    ['a control', 'x\u001b[31m'],
    ['a bidirectional control', 'x\u202e'],
    ['a carriage return', 'x\ry'],
  ])('sees %s', (_what, text) => {
    expect(harmIn('pretty', text, 'x')).not.toBeNull();
    expect(harmIn('compact', text, 'x')).not.toBeNull();
  });

  test('lets our own colours and links pass', () => {
    const ours = '\u001b[1;31mhigh\u001b[0m \u001b]8;;https://example.org\u001b\\x\u001b]8;;\u001b\\\n';
    expect(harmIn('pretty', ours, ours)).toBeNull();
  });
});

/** The marks stand where a text from outside would; what may be compared without parsing is not to hide anything. */
describe.each<[ReporterName, twin: string, harmless: readonly string[], harmful: readonly string[]]>([
  [
    'html',
    '<p title="harmless0001">harmless0002</p>',
    ['<p title="a &quot; `">b &lt;x&gt;\n\nc</p>', '<p title="">b</p>'],
    [
      '<p title="a" onclick="b">c</p>',
      '<p title="a"><b>c</b></p>',
      '<p title="a">c<!-- --></p>',
      '<p title="a">c</p><p title="a">c</p>',
      '<p title="a">c\u202e</p>',
    ],
  ],
  [
    'html',
    '<a href="harmless0001">x</a>',
    ['<a href="https://example.org/">x</a>'],
    ['<a href="javascript:alert(1)">x</a>', '<a href="//example.org/">x</a>'],
  ],
  ['html', '<a href="#harmless0001">x</a>', ['<a href="#a">x</a>'], ['<a href="#a b">x</a>']],
  ['html', '<p onclick="harmless0001">x</p>', [], ['<p onclick="alert(1)">x</p>']],
  ['html', '<p title=harmless0001>x</p>', [], ['<p title=a autofocus>x</p>']],
  ['html', '<script>harmless0001</script>', [], ['<script>alert(1)</script>']],
  [
    'json',
    '{"a":"harmless0001","b":["harmless0002"]}',
    ['{"a":"x \\" \\u202e","b":["\\\\"]}', '{"a":"","b":["]"]}'],
    [
      '{"a":"x","c":1,"b":["y"]}',
      '{"a":"x","b":["y","z"]}',
      '{"a":"x\u202e","b":["y"]}',
      '{"a":"\\n ##[error]","b":["y"]}',
    ],
  ],
  ['json', '{"args":{"harmless0001":1,"b":2}}', ['{"args":{"x":1,"b":2}}'], ['{"args":{"b":1,"b":2}}']],
  ['ndjson', '{"a":"harmless0001"}\n{}\n', ['{"a":"x"}\n{}\n'], ['{"a":"x"}\n{"a":1}\n{}\n']],
  [
    'sarif',
    '{"artifactLocation":{"uri":"harmless0001"}}',
    ['{"artifactLocation":{"uri":"a%20b"}}'],
    ['{"artifactLocation":{"uri":"a b"}}', '{"artifactLocation":{"uri":"https://x"}}'],
  ],
  [
    'markdown',
    '- `harmless0001` and `x` and `harmless0002`\n',
    ['- ``a`b`` and `x` and `<b> | @c`\n', '- `` ` `` and `x` and `\\`\n'],
    [
      '- `a`b` and `x` and `c`\n',
      '- ``a` and `x` and `c`\n',
      '- `a` and `x` and c\n',
      '- `a`<b>`` and `x` and `c`\n',
      '- `a`\n\n# `b` and `x` and `c`\n',
      '- `a` and `x` and `c`\n- x\n',
    ],
  ],
  [
    'markdown',
    '| a |\n| --- |\n| `harmless0001` |\n',
    ['| a |\n| --- |\n| `b\\|c` |\n'],
    ['| a |\n| --- |\n| `b|c` |\n'],
  ],
  ['markdown', '<b>\n`harmless0001`\n', [], ['<b>\n`<script>`\n']],
  ['markdown', 'harmless0001\n', [], ['x\n']],
  [
    'junit',
    '<?xml version="1.0" encoding="UTF-8"?><a b="harmless0001"/>',
    ['<?xml version="1.0" encoding="UTF-8"?><a b="&lt;"/>'],
    [
      '<?xml version="1.0" encoding="UTF-8"?><a b="" c=""/>',
      '<?xml version="1.0" encoding="UTF-8"?><a b="&x;"/>',
      '<?xml version="1.0" encoding="UTF-8"?><a b="##[error]"/>',
    ],
  ],
  ['csv', 'a,harmless0001\r\n', ['a,"b,c"\r\n', "a,'=1\r\n"], ['a,=1\r\n', 'a,b,c\r\n', 'a,b\r\nc,d\r\n']],
  ['github', '::error title=a::harmless0001\n', ['::error title=a::b\n'], ['::error title=a,file=b::c\n']],
])('the detector of %s, of %j', (format, twin, harmless, harmful) => {
  test('lets texts pass', () => {
    expect(harmless.map((output) => [output, harmIn(format, output, twin)])).toEqual(
      harmless.map((output) => [output, null]),
    );
  });

  test('sees what is not a text', () => {
    expect(harmful.filter((output) => harmIn(format, output, twin) === null)).toEqual([]);
  });
});

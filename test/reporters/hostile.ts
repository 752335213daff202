/** Strings that attack terminals, CI logs and readers. They are made of parts, so that this file harms no log itself. */
export const HOSTILE: readonly string[] = [
  ...everyControl(),
  ...terminalSequences(),
  ...unseenCharacters(),
  ...workflowCommands(),
  ...forgeries(),
];

/** C0, DEL and C1, one in the middle of a word each: 65 strings. */
function everyControl(): string[] {
  const codes = [
    ...Array.from({ length: 0x20 }, (_, code) => code),
    ...Array.from({ length: 0x21 }, (_, n) => 0x7f + n),
  ];
  return codes.map((code) => `be${String.fromCharCode(code)}fore`);
}

function terminalSequences(): string[] {
  const introducers = [
    '\u001b[',
    '\u001b]',
    '\u001bP',
    '\u001b_',
    '\u001b^',
    '\u001bX',
    '\u009b',
    '\u009d',
    '\u0090',
    '\u009f',
  ];
  const bodies = [
    '2J',
    '31m',
    '?1049h',
    '0;title',
    '52;c;ZXZpbA==',
    '8;;http://evil.example',
    '6n',
    '1337;File=:AA==',
  ];
  const ends = ['\u0007', '\u001b\\', '\u009c', ''];
  const sequences = introducers.flatMap((introducer, row) =>
    bodies.map((body, column) => `a${introducer}${body}${ends[(row + column) % ends.length] ?? ''}b`),
  );
  return [
    ...sequences,
    '\u001bc',
    '\u001b',
    '\u001b[',
    '\u001b#8',
    '\u001b(0',
    '\u000e\u000f',
    '\u001b\n',
    '\u001b\u001b[2J',
  ];
}

function unseenCharacters(): string[] {
  const unseen = [
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u034f',
    '\u180e',
    '\u2028',
    '\u2029',
    '\u0085',
    '\u3164',
    '\u115f',
    '\uffa0',
    '\u2800',
    '\ufe0f',
    '\ufff9',
    '\ufffe',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e007f}',
    '\u{e0100}',
    '\u{1d173}',
    '\ud800',
    '\udbff',
    '\udc00',
    '\udfff',
  ];
  return unseen.map((character) => `ad${character}min`);
}

function workflowCommands(): string[] {
  const breaks = [
    '',
    '\n',
    '\r',
    '\r\n',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v',
    '\f',
    '\n\u00a0',
    '\n\u3000\t ',
    'PASS\r',
  ];
  const commands = ['::error::x', '::stop-commands::t', '::add-mask::e', '::set-output name=ok::true'];
  const anywhere = [
    '#[error]',
    '#[stop-commands]t',
    '#[add-mask]a',
    '##[set-output name=ok]true',
    '#[',
    '#vso[task.complete]',
  ];
  return [
    ...breaks.flatMap((start) => commands.map((command) => start + command)),
    ...anywhere.flatMap((command) => [
      `#${command}`,
      `x #${command} y`,
      `#\u200b#${command}`,
      `\n#${command}`,
    ]),
  ];
}

function forgeries(): string[] {
  return [
    'PASS\r FAIL',
    'FAIL\b\b\b\bPASS',
    'x\npassed: no findings at or above "high" (exit 0)',
    'x\n3 manifests, 2 rules · no findings · 0 incomplete',
    `${'word '.repeat(19)}::error::wrapped`,
    `${'x'.repeat(95)} ::error::wrapped`,
    `${'x'.repeat(300)}\u001b[2J${'x'.repeat(300)}`,
    '\u202e'.repeat(300),
    `${'#'.repeat(300)}[x`,
    '日本\u001b[31m語',
    ':',
    '::',
    ' ::',
    '',
    ' ',
    '"',
    '\\',
    '\\u001b',
  ];
}

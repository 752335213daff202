const SEEDS = [
  `{"displayName": "a", "tags": ["x", "y"], "api": {"n": 1.5, "deep": [{"k": null}, true]}}`,
  `displayName: a\ntags: [x, y]\napi:\n  n: 1.5\n  deep:\n    - k: ~\n    - true\n`,
  `a: |\n  text\n  more\nb: >-\n  folded\n\n  text\nc: "q\\n"\nd: 'it''s'\n`,
  `---\n# comment\n- a: 1\n  b: 2\n-\n- - x\n  - y\n...\n---\nz: {p: 1, q: [r]}\n`,
  `{\n  "a": [1, 2, {"b": "\\u00e9"}],\n  "c": {}\n}\n`,
  `? a\n: b\n"quoted key": 017\nlong: one\n  two\n  three\n`,
];

const FRAGMENTS = [
  ...Array.from('{}[],:"\'-?|>&*!%@`#\\/~ \n\t\r0.eE+_<='),
  '\r\n',
  '\n\n',
  '  ',
  '---',
  '...',
  '\n---\n',
  '- ',
  '? ',
  ': ',
  ' #',
  '//',
  '/*',
  '*/',
  '<<',
  '*a',
  '&a ',
  '!t ',
  '!!set',
  '%YAML 1.1\n',
  'null',
  'true',
  '017',
  '1e400',
  '-0',
  '.nan',
  '0x',
  '9007199254740993',
  '\\u',
  '\\ud800',
  '\\x41',
  '\\"',
  '""',
  "''",
  '[]',
  '{}',
  '[[',
  ']]',
  '{{',
  '}}',
  '|-\n',
  '>+\n',
  '\ufeff',
  '\0',
  '\u001b',
  '\u2028',
  '\u0085',
  '\ud800',
  '😀',
  'é',
  '__proto__',
  'a',
  'b: 1',
  '"a": 1,',
  '"a": 2',
];

type Options = { readonly seed: number; readonly count: number };

/** Texts made from sound ones by a few random changes, the same for the same seed. */
export function* mutations({ seed, count }: Options): Generator<string> {
  const random = numbers(seed);
  for (let made = 0; made < count; made += 1) {
    let text = pick(SEEDS, random);
    for (let changes = 1 + random(8); changes > 0; changes -= 1) text = change(text, random);
    yield text;
  }
}

type Random = (below: number) => number;

function change(text: string, random: Random): string {
  const from = random(text.length + 1);
  const to = Math.min(text.length, from + random(6));
  switch (random(5)) {
    case 0:
      return text.slice(0, from) + text.slice(to);
    case 1:
      return text.slice(0, from) + pick(FRAGMENTS, random).repeat(1 + random(3)) + text.slice(from);
    case 2:
      return text.slice(0, from) + text.slice(from, to).repeat(2) + text.slice(to);
    case 3:
      return text.slice(0, from) + pick(FRAGMENTS, random) + text.slice(to);
    default:
      return random(20) === 0
        ? text.slice(0, from)
        : text.slice(0, from) + pick(SEEDS, random).slice(0, random(30)) + text.slice(from);
  }
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Marsaglia's xorshift with 32 bits. */
function numbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

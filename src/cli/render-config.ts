import type { ValueSource } from '../config/config.ts';
import type { ConfigEntry } from '../config/print.ts';
import { joinLines, visible, visibleJson } from '../reporters/escape.ts';

const DIM = '\u001b[2m';
const NOT_DIM = '\u001b[22m';
/** Comments begin in this column at most; behind a longer line they follow two spaces later. */
const WIDEST = 64;
/** A list whose items take more than this is written one item a line. */
const LONGEST_LIST = 60;
/** Text that means itself in YAML without quotes. */
const PLAIN = /^(?!(?:null|true|false)$)[a-z][\w./-]*$/i;

type Line = { readonly text: string; readonly source: ValueSource | null };
type Node = Map<string, Node> | { readonly value: unknown; readonly source: ValueSource };

/** Config entries as YAML, with a comment behind each value that tells where it came from. */
export function renderConfigText(
  entries: readonly ConfigEntry[],
  { color }: { readonly color: boolean },
): string {
  const lines = linesOf(treeOf(entries));
  const widths = lines.filter(({ source }) => source !== null).map(({ text }) => text.length);
  const column = Math.min(WIDEST, Math.max(0, ...widths));
  return joinLines(
    lines.map(({ text, source }) =>
      source === null ? text : `${text.padEnd(column)}  ${comment(source, color)}`,
    ),
  );
}

function comment(source: ValueSource, color: boolean): string {
  const text = `# from ${visible(source)}`;
  return color ? `${DIM}${text}${NOT_DIM}` : text;
}

function treeOf(entries: readonly ConfigEntry[]): Map<string, Node> {
  const root = new Map<string, Node>();
  for (const { pointer, value, source } of entries) {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop() ?? '';
    let node = root;
    for (const step of steps) {
      const inner = node.get(step);
      const next = inner instanceof Map ? inner : new Map<string, Node>();
      if (next !== inner) node.set(step, next);
      node = next;
    }
    node.set(last, { value, source });
  }
  return root;
}

function linesOf(tree: Map<string, Node>): Line[] {
  const lines: Line[] = [];
  for (const [key, node] of tree) {
    if (!(node instanceof Map)) {
      lines.push(...valueLines(key, node.value, node.source));
      continue;
    }
    lines.push({ text: `${scalar(key)}:`, source: null });
    for (const line of isList(node) ? listLines(node) : linesOf(node))
      lines.push({ ...line, text: `  ${line.text}` });
  }
  return lines;
}

/** The parts of a config that are lists hold objects, whose places are their keys here. */
function isList(node: Map<string, Node>): boolean {
  return node.has('0');
}

function listLines(list: Map<string, Node>): Line[] {
  const lines: Line[] = [];
  for (const item of list.values()) {
    if (!(item instanceof Map)) continue;
    for (const [place, line] of linesOf(item).entries())
      lines.push({ ...line, text: `${place === 0 ? '- ' : '  '}${line.text}` });
  }
  return lines;
}

function valueLines(key: string, value: unknown, source: ValueSource): Line[] {
  const items = Array.isArray(value) ? value.map(scalar) : null;
  if (items === null) return [{ text: `${scalar(key)}: ${scalar(value)}`, source }];
  const flow = items.join(', ');
  if (flow.length <= LONGEST_LIST) return [{ text: `${scalar(key)}: [${flow}]`, source }];
  return [
    { text: `${scalar(key)}:`, source },
    ...items.map((item) => ({ text: `  - ${item}`, source: null })),
  ];
}

/** A value on one line; what is not plain text is JSON, which is YAML too. */
function scalar(value: unknown): string {
  return typeof value === 'string' && PLAIN.test(value) ? value : visibleJson(JSON.stringify(value));
}

import { visibleJson } from '../reporters/escape.ts';
import { cut } from '../util/cut.ts';

/** What is shown of a value. */
export type ValueLook = {
  /** Columns that a line is kept to where it can be. */
  readonly width: number;
  /** Levels of lists and objects; what is deeper is told by its size. */
  readonly depth: number;
};

const LONGEST_TEXT = 160;
const MOST_MEMBERS = 40;

/** A value as JSON for people: what fits on a line stands on one, long texts and lists are cut. */
export function valueLines(value: unknown, look: ValueLook): readonly string[] {
  const whole = onOneLine(value, look.depth);
  if (whole.length <= look.width || !isContainer(value) || look.depth === 0) return [whole];
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = { width: look.width - 2, depth: look.depth - 1 };
  const { members, more } = membersOf(value);
  const blocks = members.map(([name, member]) => {
    const [first = '', ...rest] = valueLines(member, inner);
    return [name === null ? first : `${jsonOf(name)}: ${first}`, ...rest];
  });
  const lines = blocks.flatMap((block, index) => {
    const isLast = index === blocks.length - 1 && more === 0;
    return block.map((line, place) => `  ${line}${place === block.length - 1 && !isLast ? ',' : ''}`);
  });
  return [open, ...lines, ...(more === 0 ? [] : [`  … ${more} more`]), close];
}

/** The same on one line. */
export function valueOnOneLine(value: unknown, most: number): string {
  return cut(onOneLine(value, Infinity), most);
}

function onOneLine(value: unknown, depth: number): string {
  if (!isContainer(value)) return scalar(value);
  const { members, more } = membersOf(value);
  const isList = Array.isArray(value);
  if (members.length === 0) return isList ? '[]' : '{}';
  if (depth === 0) return isList ? `[… ${value.length}]` : '{…}';
  const texts = members.map(([name, member]) => {
    const text = onOneLine(member, depth - 1);
    return name === null ? text : `${jsonOf(name)}: ${text}`;
  });
  const all = [...texts, ...(more === 0 ? [] : [`… ${more} more`])].join(', ');
  return isList ? `[${all}]` : `{ ${all} }`;
}

type Members = {
  /** Members of lists have no name. */
  readonly members: readonly (readonly [name: string | null, value: unknown])[];
  readonly more: number;
};

function membersOf(container: object): Members {
  const all: Members['members'] = Array.isArray(container)
    ? container.map((value: unknown) => [null, value] as const)
    : Object.entries(container);
  return { members: all.slice(0, MOST_MEMBERS), more: Math.max(0, all.length - MOST_MEMBERS) };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function scalar(value: unknown): string {
  if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return jsonOf(value);
  return `${jsonOf(cut(value, LONGEST_TEXT))} (${value.length} characters)`;
}

/** Nothing in it can be mistaken for a command by a terminal or a CI log. */
function jsonOf(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}

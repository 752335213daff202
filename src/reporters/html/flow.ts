import { round } from './bars.ts';
import { markup, type Markup } from './markup.ts';

/** Height of a row, and of the thickest stroke in it; the style sheet has the first as well. */
const ROW = 48;
const THICKEST = 32;
const THINNEST = 2;
/** Rows on either side; the last stands for all others. */
const MOST_NODES = 9;

type Tone = 'plain' | 'second' | 'bad' | 'warn' | 'unknown' | 'rest';

/** One end of strokes. */
export type FlowNode = {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly tone: Tone;
};

export type FlowLink = {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
  readonly tone: Tone;
};

type Flow = {
  /** Says in words what the picture shows. */
  readonly label: string;
  readonly left: { readonly title: string; readonly nodes: readonly FlowNode[]; readonly rest: string };
  readonly right: { readonly title: string; readonly nodes: readonly FlowNode[]; readonly rest: string };
  readonly links: readonly FlowLink[];
};

/** Strokes between two columns of names, as thick as what they stand for is many. The names come in their order. */
export function flowPicture({ label, left, right, links }: Flow): Markup {
  const from = shownOf(left.nodes, left.rest);
  const to = shownOf(right.nodes, right.rest);
  const shown = merged(links, from.place, to.place);
  const scale =
    THICKEST / Math.max(1, ...weightsOf(shown, 'from', from.nodes), ...weightsOf(shown, 'to', to.nodes));
  const starts = endsOf(shown, 'from', scale);
  const ends = endsOf(shown, 'to', scale);
  const height = ROW * Math.max(from.nodes.length, to.nodes.length);
  return markup`<div class="flow" role="img" aria-label="${label}">
    <p class="flow-title left">${left.title}</p><p class="flow-title right">${right.title}</p>
    <ul class="left">${from.nodes.map(nodeItem)}</ul>
    <svg viewBox="0 0 100 ${height}" height="${height}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${shown.map((link, index) => stroke(link.tone, starts[index], ends[index]))}</svg>
    <ul class="right">${to.nodes.map(nodeItem)}</ul></div>`;
}

function nodeItem({ name, detail, tone }: FlowNode): Markup {
  return markup`<li class="${tone}"><b>${name}</b> <span>${detail}</span></li>`;
}

/** The nodes that have a row, and the row of every node. */
function shownOf(
  nodes: readonly FlowNode[],
  rest: string,
): { readonly nodes: readonly FlowNode[]; readonly place: ReadonlyMap<string, number> } {
  const place = new Map(nodes.map(({ key }, index) => [key, Math.min(index, MOST_NODES - 1)]));
  if (nodes.length <= MOST_NODES) return { nodes, place };
  const others = nodes.length - MOST_NODES + 1;
  const last: FlowNode = { key: '', name: `${others} more`, detail: rest, tone: 'rest' };
  return { nodes: [...nodes.slice(0, MOST_NODES - 1), last], place };
}

type Stroke = { readonly from: number; readonly to: number; readonly weight: number; readonly tone: Tone };

/** One stroke for each pair of rows and tone, from top to bottom. */
function merged(
  links: readonly FlowLink[],
  from: ReadonlyMap<string, number>,
  to: ReadonlyMap<string, number>,
): readonly Stroke[] {
  const strokes = new Map<string, Stroke>();
  for (const link of links) {
    const ends = { from: from.get(link.from), to: to.get(link.to) };
    if (ends.from === undefined || ends.to === undefined) continue;
    const key = `${ends.from} ${ends.to} ${link.tone}`;
    const weight = (strokes.get(key)?.weight ?? 0) + link.weight;
    strokes.set(key, { from: ends.from, to: ends.to, weight, tone: link.tone });
  }
  return [...strokes.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Of the rows that stand for one node: what stands for all others is no measure. */
function weightsOf(strokes: readonly Stroke[], side: 'from' | 'to', nodes: readonly FlowNode[]): number[] {
  return nodes.map(({ tone }, row) => (tone === 'rest' ? 0 : weightAt(strokes, side, row)));
}

function weightAt(strokes: readonly Stroke[], side: 'from' | 'to', row: number): number {
  return strokes.filter((stroke) => stroke[side] === row).reduce((sum, { weight }) => sum + weight, 0);
}

type End = { readonly top: number; readonly bottom: number };

/** Where each stroke meets its row on one side: one below the other, in the middle of the row. */
function endsOf(strokes: readonly Stroke[], side: 'from' | 'to', scale: number): readonly End[] {
  const other = side === 'from' ? 'to' : 'from';
  const ends = new Map<Stroke, End>();
  for (const row of new Set(strokes.map((stroke) => stroke[side]))) {
    const here = strokes.filter((stroke) => stroke[side] === row).sort((a, b) => a[other] - b[other]);
    const fit = Math.min(scale, THICKEST / Math.max(1, weightAt(strokes, side, row)));
    const sizes = here.map(({ weight }) => Math.max(THINNEST, weight * fit));
    let top = row * ROW + (ROW - sizes.reduce((sum, size) => sum + size, 0)) / 2;
    for (const [index, link] of here.entries()) {
      const bottom = top + (sizes[index] ?? 0);
      ends.set(link, { top: round(top), bottom: round(bottom) });
      top = bottom;
    }
  }
  return strokes.map((link) => ends.get(link) ?? { top: 0, bottom: 0 });
}

function stroke(tone: Tone, start: End = { top: 0, bottom: 0 }, end: End = { top: 0, bottom: 0 }): Markup {
  const there = `M0 ${start.top}C50 ${start.top} 50 ${end.top} 100 ${end.top}`;
  const back = `V${end.bottom}C50 ${end.bottom} 50 ${start.bottom} 0 ${start.bottom}z`;
  return markup`<path class="${tone}" d="${there}${back}"/>`;
}

import { round } from '../html/bars.ts';
import { joined, markup, type Markup } from '../html/markup.ts';

/** Height of the picture in CSS pixels, and in units of its own; it is as wide as there is room, and 100 units. */
const HEIGHT = 200;
const TICKS = 4;

/** A line of a chart; `tone` is a class that gives it its colour and its dashes. */
type ChartLine = {
  readonly name: string;
  readonly tone: string;
  readonly values: readonly number[];
};

type Chart = {
  readonly title: string;
  /** Says in words what the picture shows. */
  readonly label: string;
  /** Milliseconds, in their order; a value of each line for each. */
  readonly moments: readonly number[];
  /** For each moment whether its numbers are not the whole answer. */
  readonly doubtful: readonly boolean[];
  readonly lines: readonly ChartLine[];
};

/**
 * Lines over time, with axes and a legend. The shapes are stretched to the room that there is, and the words beside them are
 * not; lines are told apart by their dashes as well as by their colours. The numbers stand in a table elsewhere.
 */
export function lineChart({ title, label, moments, doubtful, lines }: Chart): Markup {
  const top = roundTop(Math.max(0, ...lines.flatMap(({ values }) => values)));
  const places = placesOf(moments);
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => ((TICKS - index) * top) / TICKS);
  return markup`<figure class="chart"><figcaption>${title}</figcaption>
    <div class="plot" role="img" aria-label="${label}">
    <div class="ticks">${ticks.map((tick) => markup`<span>${tick}</span>`)}</div>
    <svg viewBox="0 0 100 ${HEIGHT}" height="${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${joined(
      [
        ...ticks.map((_tick, index) => markup`<path class="grid" d="M0 ${(index * HEIGHT) / TICKS}H100"/>`),
        ...places.map((place, index) =>
          doubtful[index] === true ? markup`<path class="doubt" d="M${place} 0V${HEIGHT}"/>` : null,
        ),
        // The worst is drawn last, above the others.
        ...lines.map(({ tone, values }) => drawn(tone, places, values, top)).reverse(),
      ],
      '\n',
    )}</svg>
    <div class="days">${daysBelow(moments).map((day) => markup`<span>${day}</span>`)}</div></div>
    <ul class="legend" aria-hidden="true">${lines.map(({ name, tone, values }) => markup`<li>${key(tone)}${name} <b>${values.at(-1) ?? 0}</b></li>`)}${
      doubtful.includes(true) ? markup`<li>${key('doubt')}not the whole answer</li>` : null
    }</ul></figure>`;
}

function key(tone: string): Markup {
  return markup`<svg class="key" viewBox="0 0 28 10" width="28" height="10" focusable="false"><path class="${tone === 'doubt' ? 'doubt' : `line ${tone}`}" d="M0 5H28"/></svg>`;
}

/** A single run is a line as well: it says how things stand. */
function drawn(tone: string, places: readonly number[], values: readonly number[], top: number): Markup {
  const heights = values.map((value) => round(HEIGHT - (value / top) * HEIGHT));
  const points = places.map((place, index) => `${place} ${heights[index] ?? HEIGHT}`);
  const path = points.length === 1 ? `M0 ${heights[0] ?? HEIGHT}H100` : `M${points.join('L')}`;
  return markup`<path class="line ${tone}" d="${path}"/>`;
}

/** From 0 to 100, as far apart as the moments are. */
function placesOf(moments: readonly number[]): readonly number[] {
  const [first = 0, last = 0] = [moments[0], moments.at(-1)];
  if (last === first)
    return moments.map((_moment, index) => round((index / Math.max(1, moments.length - 1)) * 100));
  return moments.map((moment) => round(((moment - first) / (last - first)) * 100));
}

/** The days at the ends and in the middle of the axis. */
function daysBelow(moments: readonly number[]): readonly string[] {
  const [first, last] = [moments[0], moments.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days = [first, (first + last) / 2, last].map((each) => new Date(each).toISOString().slice(0, 10));
  return days[0] === days[2]
    ? days.slice(0, 1)
    : days[0] === days[1] || days[1] === days[2]
      ? [days[0] ?? '', days[2] ?? '']
      : days;
}

/** The least number of 4, 8, 20, 40, 80, 200, … that is no less, so that every tick is a whole number. */
function roundTop(most: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of [1, 2, 5]) if (step * power * TICKS >= most) return step * power * TICKS;
}

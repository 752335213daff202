import type { Report, Verdict } from '../../findings/report.ts';
import { verdictLines } from '../tally.ts';
import { capital } from './parts.ts';
import { markup, type Markup } from './markup.ts';

/** Each verdict has a shape of its own: colour is not all that tells it. */
const SHAPES = {
  pass: markup`<circle cx="12" cy="12" r="11"/><path d="M7 12.4l3.4 3.4L17.2 9"/>`,
  fail: markup`<circle cx="12" cy="12" r="11"/><path d="M8.2 8.2l7.6 7.6M15.8 8.2l-7.6 7.6"/>`,
  incomplete: markup`<circle cx="12" cy="12" r="11"/><path d="M12 6.4a5.6 5.6 0 0 1 0 11.2z"/>`,
  error: markup`<path class="solid" d="M12 1.6 23 21.4H1z"/><path d="M12 9v6M12 18v.4"/>`,
} as const satisfies Record<Verdict, Markup>;

function verdictIcon(verdict: Verdict): Markup {
  return markup`<svg class="icon" viewBox="0 0 24 24" width="56" height="56" aria-hidden="true" focusable="false">${SHAPES[verdict]}</svg>`;
}

/** The verdict in words, why, and what else applies. */
export function verdictPanel(report: Report): Markup {
  const { verdict, also } = verdictLines(report);
  const [word = '', ...reason] = verdict.split(': ');
  return markup`<section id="verdict" class="verdict ${report.verdict}" aria-labelledby="verdict-word">
    ${verdictIcon(report.verdict)}
    <div><h2 id="verdict-word">${capital(word)}</h2>
    <p>${reason.join(': ')}</p>
    ${also.map((line) => markup`<p class="also">${line}</p>`)}</div>
    </section>`;
}

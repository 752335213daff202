import { hash } from 'node:crypto';
import type { Trend } from '../../history/trend.ts';
import { contents, sectionElement } from '../html/contents.ts';
import { lines, markup, Markup } from '../html/markup.ts';
import type { Section } from '../html/parts.ts';
import { trendSections } from './sections.ts';
import { TREND_STYLES } from './styles.ts';
import { spanOf } from './words.ts';

/**
 * One page for people: line charts, and the same numbers as tables. It stands alone, has no script, and its policy lets
 * nothing be loaded but the style sheet that it was written with.
 */
export function trendHtml(trend: Trend): string {
  const sections: readonly Section[] = trendSections(trend);
  const { tool } = trend;
  const title = `Findings over time: ${trend.source ?? 'no runs'}`;
  return markup`<!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta name="generator" content="${tool.name} ${tool.version}">
    <title>${title}</title>
    <style>${new Markup(TREND_STYLES)}</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    <header class="top"><p class="product">agentid-lint <span>agent governance over time</span></p>
    <h1>${title}</h1>
    <p class="quiet">${spanOf(trend)}</p></header>
    <div class="page">
    ${contents(sections)}
    <main id="main" tabindex="-1">
    ${lines(sections.map(sectionElement))}
    </main>
    </div>
    <footer class="end"><p>Written by ${tool.name} ${tool.version}. This file is whole: it loads nothing and sends nothing.</p></footer>
    </body>
    </html>
    `.html;
}

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', TREND_STYLES, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

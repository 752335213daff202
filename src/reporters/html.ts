import { hash } from 'node:crypto';
import type { Report } from '../findings/report.ts';
import { completeness } from './html/completeness.ts';
import { contents, sectionElement } from './html/contents.ts';
import { lines, markup, Markup } from './html/markup.ts';
import { runFacts, subjectOf } from './html/run-facts.ts';
import { SCRIPT } from './html/script.ts';
import { sectionsOf } from './html/sections.ts';
import { STYLES } from './html/styles.ts';
import { verdictPanel } from './html/verdict.ts';
import { viewOf } from './html/view.ts';

/**
 * One page for people who were not there: it stands alone, asks for nothing from anywhere, and can be read without its
 * script. Its policy lets nothing run or be loaded but the style sheet and the script that it was written with.
 */
export function html(report: Report): string {
  const view = viewOf(report);
  const sections = sectionsOf(view);
  return markup`<!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta name="generator" content="${report.tool.name} ${report.tool.version}">
    <title>${subjectOf(report)}: agent governance report</title>
    <style>${new Markup(STYLES)}</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    <header class="top"><p class="product">agentid-lint <span>agent governance report</span></p>
    <h1>${subjectOf(report)}</h1></header>
    <div class="page">
    ${contents(sections)}
    <main id="main" tabindex="-1">
    ${verdictPanel(report)}
    ${completeness(view)}
    ${runFacts(report)}
    ${lines(sections.map(sectionElement))}
    </main>
    </div>
    <footer class="end"><p>Written by ${report.tool.name} ${report.tool.version}. This file is whole: it loads nothing and sends nothing.</p></footer>
    <script>${new Markup(SCRIPT)}</script>
    </body>
    </html>
    `.html;
}

const POLICY = [
  "default-src 'none'",
  `style-src '${digest(STYLES)}'`,
  `script-src '${digest(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function digest(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`;
}

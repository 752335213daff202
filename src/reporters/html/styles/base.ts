/** Letters, links, focus: what every part of the page shares. */
export const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, dl, dd, figure { margin: 0; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; text-wrap: balance; unicode-bidi: isolate; }
h1 { font-size: 2rem; letter-spacing: -0.015em; }
h2 { font-size: 1.5rem; letter-spacing: -0.01em; }
h3 { font-size: 1.125rem; }
h4 { font-size: 1rem; }
ul { padding-left: 1.25rem; }
code, pre { font: 0.875em/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
code, q, b, td, th { unicode-bidi: isolate; }
b { font-weight: 600; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
summary { cursor: pointer; }
[hidden] { display: none !important; }
.quiet, .more { color: var(--quiet); }
.bad { color: var(--bad); }
.warned { padding: 0.5rem 0.75rem; border-left: 4px solid var(--warn); background: var(--warn-panel); }
.path { color: var(--quiet); overflow-wrap: anywhere; }
time { white-space: nowrap; }
.unseen, .set caption, .as-table caption {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 2; padding: 0.5rem 1rem; background: var(--page); }
.sev {
  display: inline-block;
  padding: 0 0.5em;
  border-radius: 1em;
  font-size: 0.8125rem;
  line-height: 1.6;
  font-weight: 600;
  white-space: nowrap;
  background: var(--info-panel);
  color: var(--info-text);
}
.sev.critical { background: #9b1c31; color: #fff; }
.sev.high { background: var(--high-panel); color: var(--high-text); }
.sev.medium { background: var(--medium-panel); color: var(--medium-text); }
.sev.low { background: var(--low-panel); color: var(--low-text); }
.sev.none { background: none; box-shadow: inset 0 0 0 1px var(--line); color: var(--quiet); }
`;

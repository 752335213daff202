/** Findings, their source lines, and the filters. */
export const FINDINGS = `
.group { content-visibility: auto; contain-intrinsic-size: auto 32rem; border: 1px solid var(--line); border-radius: 10px; }
.group + .group { margin-top: 1rem; }
.group > summary {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 0.75rem;
  align-items: baseline;
  padding: 0.75rem 1.25rem;
  background: var(--panel);
  border-radius: 10px;
  list-style: none;
}
.group > summary::-webkit-details-marker { display: none; }
.group > summary::before { content: "▸"; color: var(--quiet); width: 0.75em; }
.group[open] > summary::before { content: "▾"; }
.group[open] > summary { border-bottom: 1px solid var(--line); border-radius: 10px 10px 0 0; }
.group h3 .of { font-weight: 400; color: var(--quiet); }
.group .sums { margin: 0; padding: 0; }
.block { padding: 1rem 1.25rem; border-left: 4px solid var(--info); }
.block + .block { border-top: 1px solid var(--line); }
.block.critical { border-left-color: var(--critical); }
.block.high { border-left-color: var(--high); }
.block.medium { border-left-color: var(--medium); }
.block.low { border-left-color: var(--low); }
.block h4 a { color: inherit; text-decoration-color: var(--line); }
.block h4 .sev { margin-right: 0.375rem; }
.fix { margin-top: 0.25rem; max-width: 56rem; font-size: 0.9375rem; }
.ids, .place { color: var(--quiet); font-size: 0.875rem; }
.findings { list-style: none; padding: 0; margin-top: 0.625rem; }
.findings > li { padding: 0.625rem 0; border-top: 1px dashed var(--line); scroll-margin-top: 6rem; }
.findings > li:target { background: var(--warn-panel); }
.findings > li:focus-visible { outline-offset: 4px; }
.message { font-weight: 500; max-width: 56rem; }
.place b { color: var(--text); font-weight: 500; }
.print { font: 0.875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; margin-left: 0.5rem; }
.source {
  margin: 0.5rem 0 0;
  padding: 0.5rem 0.75rem;
  border-radius: 6px;
  background: var(--panel);
  white-space: pre-wrap;
  font-size: 0.8125rem;
}
.line { display: block; }
.nr { color: var(--quiet); user-select: none; margin-right: 0.75rem; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.related { font-size: 0.875rem; margin-top: 0.375rem; }
.suppressed > .message { color: var(--quiet); }
p.suppressed { margin-top: 0.375rem; padding: 0.375rem 0.75rem; border-left: 4px solid var(--line); font-size: 0.9375rem; }
#filters {
  display: flex;
  flex-wrap: wrap;
  gap: 0.75rem 1rem;
  align-items: end;
  padding: 1rem 1.25rem;
  border-radius: 10px;
  background: var(--panel);
}
.field { display: flex; flex-direction: column; min-width: 8rem; }
.grow { flex: 1 1 100%; }
.field label, legend { color: var(--quiet); font-size: 0.875rem; padding: 0; }
input[type="search"], select, button {
  font: inherit;
  font-size: 0.9375rem;
  color: var(--text);
  background: var(--page);
  border: 1px solid var(--info);
  border-radius: 6px;
  padding: 0.375rem 0.625rem;
  min-height: 2.375rem;
  max-width: 100%;
}
button { cursor: pointer; padding: 0.375rem 0.875rem; }
button:hover { border-color: var(--text); }
fieldset { border: 0; margin: 0; padding: 0; }
.check { display: inline-flex; align-items: center; gap: 0.25rem; min-height: 2.375rem; margin-right: 0.625rem; cursor: pointer; }
.check input { width: 1.0625rem; height: 1.0625rem; margin: 0; }
.buttons { margin-left: auto; display: flex; gap: 0.5rem; }
#filter-result { flex: 1 1 100%; font-weight: 600; }
@media (max-width: 40rem) {
  .block { padding: 0.875rem; }
  .group > summary { padding: 0.75rem 0.875rem; }
  #filters { padding: 0.875rem; }
  .field { flex: 1 1 100%; }
}
`;

/** The frame of the page, its contents, and what stands above the sections. */
export const PAGE = `
.top, .page, .end { max-width: 82rem; margin: 0 auto; padding: 0 1.25rem; }
.top { padding-top: 2rem; padding-bottom: 1.25rem; }
.product { color: var(--quiet); font-weight: 600; font-size: 0.9375rem; margin-bottom: 0.25rem; }
.product span { font-weight: 400; }
.contents ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; }
.contents { font-size: 0.9375rem; margin-bottom: 1.25rem; }
.contents a { display: block; padding: 0.25rem 0; text-decoration: none; color: var(--text); }
.contents a:hover { color: var(--link); text-decoration: underline; }
.contents .n { color: var(--quiet); font-variant-numeric: tabular-nums; }
main > * + * { margin-top: 1.25rem; }
.part { padding-top: 2.5rem; }
.part > h2 { padding-bottom: 0.5rem; margin-bottom: 1rem; border-bottom: 1px solid var(--line); }
.part > * + *, .incomplete:not(.verdict) > * + * { margin-top: 0.75rem; }
.part > h3 { margin-top: 1.75rem; }
.verdict {
  display: flex;
  gap: 1.25rem;
  align-items: center;
  padding: 1.25rem 1.5rem;
  border-radius: 12px;
  background: var(--bad-panel);
  border: 1px solid var(--bad);
}
.verdict h2 { font-size: 2rem; color: var(--bad); }
.verdict p { font-size: 1.125rem; }
.verdict .also { font-size: 1rem; color: var(--quiet); }
.icon { flex: none; fill: var(--bad); stroke: none; }
.icon path { fill: none; stroke: var(--page); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.icon .solid { fill: var(--bad); stroke: var(--bad); stroke-width: 1.6; }
.verdict.pass { background: var(--good-panel); border-color: var(--good); }
.verdict.pass h2 { color: var(--good); }
.verdict.pass .icon { fill: var(--good); }
.verdict.incomplete { background: var(--warn-panel); border-color: var(--warn); }
.verdict.incomplete h2 { color: var(--warn); }
.verdict.incomplete .icon { fill: var(--warn); }
.verdict.incomplete .icon path { fill: var(--page); stroke: none; }
.complete { padding: 0.625rem 1rem; border-left: 4px solid var(--good); background: var(--good-panel); }
.incomplete:not(.verdict) {
  padding: 1.25rem 1.5rem;
  border-radius: 12px;
  border: 2px solid var(--warn);
  background: var(--warn-panel);
}
.incomplete .lead { font-size: 1.25rem; line-height: 1.4; }
.incomplete li + li { margin-top: 0.25rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr)); gap: 0.75rem 2rem; }
.facts dt { color: var(--quiet); font-size: 0.875rem; }
.end { padding-top: 3rem; padding-bottom: 3rem; color: var(--quiet); font-size: 0.9375rem; }
@media (min-width: 70rem) {
  .page { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); gap: 3rem; }
  .contents { position: sticky; top: 1rem; align-self: start; }
  .contents ul { display: block; }
  .contents li + li { border-top: 1px solid var(--line); }
  .contents a { display: flex; justify-content: space-between; gap: 0.5rem; padding: 0.4375rem 0; line-height: 1.35; }
}
@media (max-width: 40rem) {
  h1 { font-size: 1.625rem; }
  h2 { font-size: 1.3125rem; }
  .top, .page, .end { padding-left: 1rem; padding-right: 1rem; }
  .verdict { padding: 1rem; gap: 0.875rem; align-items: flex-start; }
  .verdict h2 { font-size: 1.625rem; }
  .verdict p { font-size: 1rem; }
  .icon { width: 40px; height: 40px; }
  .incomplete:not(.verdict) { padding: 1rem; }
}
`;

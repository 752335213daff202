/** Tables, and what is folded. */
export const TABLES = `
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; line-height: 1.4; }
table.wide { min-width: 44rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 0.375rem; }
th, td { padding: 0.5rem 0.75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th, td { overflow-wrap: break-word; }
thead th { white-space: nowrap; color: var(--quiet); font-size: 0.8125rem; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; }
.wide tbody th { min-width: 12rem; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.narrow td, .narrow tbody th, .domains td, .domains tbody th { vertical-align: middle; }
.domains thead :not(:first-child), .narrow thead :not(:first-child) { text-align: right; }
@media (min-width: 40rem) { .narrow tbody th { white-space: nowrap; } }
.nil { color: var(--quiet); }
.drawn { width: 45%; vertical-align: middle; }
.set { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.75rem; }
.part > .set { margin-top: 0; }
.set > summary { display: flex; flex-wrap: wrap; gap: 0.125rem 0.5rem; align-items: baseline; padding: 0.5625rem 0 0.5625rem 1.25rem; position: relative; list-style: none; }
.set > summary::-webkit-details-marker { display: none; }
.set > summary::before { content: "▸"; color: var(--quiet); position: absolute; left: 0; }
.set[open] > summary::before { content: "▾"; }
.set > summary:hover { background: var(--panel); }
.set > :not(summary) { margin: 0 0 1.25rem 1.25rem; }
.sums { margin-left: auto; padding-left: 0.5rem; }
.sum, .outcome { color: var(--quiet); font-size: 0.875rem; margin-left: 0.5rem; }
.outcome.found { color: var(--bad); }
.outcome.failed { color: var(--warn); }
.outcome.passed { color: var(--good); }
.rule summary .sev { min-width: 4.75rem; text-align: center; }
.rule summary code { color: var(--quiet); }
.rule-body { scroll-margin-top: 4rem; }
.rule-body > * + * { margin-top: 0.75rem; }
.rule-body .facts { grid-template-columns: minmax(0, 1fr); }
.rule-body > p, .rule-body dd { max-width: 48rem; }
.problems li + li { margin-top: 0.5rem; }
.until { white-space: nowrap; }
.expiry { color: var(--quiet); font-weight: 400; }
.expiry.expired, .expiry.unclear { color: var(--bad); font-weight: 600; }
.expiry.soon { color: var(--warn); font-weight: 600; }
@media (max-width: 40rem) {
.drawn { width: 30%; }
  .domains :is(th, td):nth-child(n + 3):nth-child(-n + 7) { display: none; }
  .sums { flex: 1 1 100%; padding-left: 0; margin-left: 0; }
  .sum:first-child, .outcome { margin-left: 0; }
  .set > :not(summary) { margin-left: 0; }
}
`;

/** On paper everything is unfolded, and what needs a hand or a screen is left out. */
export const PRINT = `
@media print {
  body { font-size: 10.5pt; }
  .contents, .skip, #filters, .end { display: none; }
  .top, .page { max-width: none; padding-left: 0; padding-right: 0; }
  .page { display: block; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .group, .set { content-visibility: visible; }
  .group[open] > summary::before, .set > summary::before, .set[open] > summary::before { content: none; }
  .part { padding-top: 1.5rem; }
  h2, h3, h4, summary { break-after: avoid; }
  .findings > li, .verdict, tr, .facts > div, .flow { break-inside: avoid; }
  thead { display: table-header-group; }
  table.wide { min-width: 0; font-size: 8.5pt; }
  .scroll { overflow: visible; }
  .verdict, .tile, .sev, .bar, .flow svg, .swatch, .block, mark, .complete { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; }
}
`;

/** Tiles, bars, and the strokes between two columns of names. */
export const PICTURES = `
.tiles { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 0.75rem; }
.tile { padding: 0.75rem 1rem; border-radius: 10px; background: var(--panel); border-top: 4px solid var(--info); }
.tile b { display: block; font-size: 1.875rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tile.critical { border-color: var(--critical); }
.tile.high { border-color: var(--high); }
.tile.medium { border-color: var(--medium); }
.tile.low { border-color: var(--low); }
.tile.none { border-color: var(--line); color: var(--quiet); }
.bar { display: block; border-radius: 3px; background: none; }
rect.critical { fill: var(--critical); }
rect.high { fill: var(--high); }
rect.medium { fill: var(--medium); }
rect.low { fill: var(--low); }
rect.info { fill: var(--info); }
.answered { fill: var(--good); background: var(--good); }
.inactive { fill: var(--medium); background: var(--medium); }
.nobody { fill: var(--high); background: var(--high); }
rect.unknown, .swatch.unknown { fill: var(--info); background: var(--info); }
.swatch { display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 3px; margin-right: 0.375rem; }
.swatch.plain { background: var(--plain); }
.swatch.second { background: var(--second); }
.swatch.bad { background: var(--high); }
.swatch.warn { background: var(--medium); }
th .swatch { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; color: var(--quiet); font-size: 0.875rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem 2.5rem; }
.flow { display: grid; grid-template-columns: minmax(0, 16rem) minmax(3rem, 1fr) minmax(0, 19rem); margin-top: 1.5rem; }
.flow-title { color: var(--quiet); font-size: 0.875rem; padding: 0 0.75rem 0.25rem; }
.flow-title.left { text-align: right; }
.flow-title.right { grid-column: 3; }
.flow ul { list-style: none; padding: 0; }
.flow li {
  height: 48px;
  display: flex;
  flex-direction: column;
  justify-content: center;
  padding-left: 0.75rem;
  font-size: 0.9375rem;
  line-height: 1.3;
}
.flow .left { text-align: right; }
.flow .left li { padding: 0 0.75rem 0 0; }
.flow li b, .flow li span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.flow li span { color: var(--quiet); font-size: 0.8125rem; }
.flow li.bad b { color: var(--bad); }
.flow li.warn b { color: var(--warn); }
.flow li.rest b { font-weight: 400; color: var(--quiet); }
.flow svg { width: 100%; display: block; }
.flow path { fill: var(--plain); fill-opacity: 0.42; }
.flow path.second { fill: var(--second); }
.flow path.bad { fill: var(--high); fill-opacity: 0.55; }
.flow path.warn { fill: var(--medium); fill-opacity: 0.55; }
.flow path.unknown { fill: var(--info); }
.flow path:hover { fill-opacity: 0.85; }
.as-table > summary { color: var(--quiet); font-size: 0.9375rem; padding: 0.5rem 0; }
@media (max-width: 40rem) {
  .tiles { grid-template-columns: repeat(auto-fill, minmax(5.75rem, 1fr)); gap: 0.5rem; }
  .tile { padding: 0.5rem 0.75rem; }
  .tile b { font-size: 1.5rem; }
  .flow { grid-template-columns: minmax(0, 40fr) minmax(0, 22fr) minmax(0, 38fr); }
  .flow li { padding-left: 0.375rem; font-size: 0.8125rem; }
  .flow .left li { padding-right: 0.375rem; }
  .flow li span { font-size: 0.75rem; }
  .flow li b { white-space: normal; line-height: 1.2; max-height: 2.4em; }
}
`;

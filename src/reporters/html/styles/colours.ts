const LIGHT = `
  --page: #fff;
  --panel: #f6f7f9;
  --line: #d5dae0;
  --text: #1b2026;
  --quiet: #545d68;
  --link: #0b57d0;
  --focus: #0b57d0;
  --mark: #ffe9a8;
  --good: #1a7f37;
  --good-panel: #eaf6ed;
  --bad: #b42318;
  --bad-panel: #fdf1ef;
  --warn: #8a5a00;
  --warn-panel: #fff7e0;
  --critical: #8f1d2f;
  --high: #c9462c;
  --medium: #b27b00;
  --low: #3a78c2;
  --info: #76808b;
  --high-panel: #fde5de;
  --high-text: #8c2611;
  --medium-panel: #fbeec8;
  --medium-text: #694700;
  --low-panel: #e0ebf9;
  --low-text: #1b4a86;
  --info-panel: #e8ebee;
  --info-text: #434b54;
  --plain: #3a78c2;
  --second: #5f9ea0;
`;

const DARK = `
  --page: #0f1318;
  --panel: #171c23;
  --line: #2e3640;
  --text: #e4e8ec;
  --quiet: #9ba6b2;
  --link: #8ab4f8;
  --focus: #8ab4f8;
  --mark: #5c4a12;
  --good: #4cc36b;
  --good-panel: #12261a;
  --bad: #ff8f80;
  --bad-panel: #2c1614;
  --warn: #f2c14e;
  --warn-panel: #2a2210;
  --critical: #d5455b;
  --high: #e8694c;
  --medium: #cf9b22;
  --low: #5b9ae0;
  --info: #7f8a96;
  --high-panel: #47211a;
  --high-text: #ffb8a8;
  --medium-panel: #3b2f10;
  --medium-text: #f3cf78;
  --low-panel: #18304f;
  --low-text: #a9cbf7;
  --info-panel: #272e36;
  --info-text: #bac4ce;
  --plain: #5b9ae0;
  --second: #6fb3b5;
`;

/** Every colour, for light and for dark. Text on each panel has a contrast of 4.5 or more, shapes of 3. */
export const COLOURS = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
@media print { :root { color-scheme: light; ${LIGHT} } }
`;

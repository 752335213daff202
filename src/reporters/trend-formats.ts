/** Every format that a trend can be written in, by the name that `--format` takes. */
export const TREND_FORMATS = {
  pretty: 'for people: how the numbers went, how long findings last, and the oldest of them',
  json: 'for programs: every run, in full (trend-v1)',
  csv: 'for spreadsheets: a row for each run',
  markdown: "GitHub's Markdown: the same as pretty",
  html: 'one page for people: line charts, with the numbers as tables',
} as const;

export type TrendFormat = keyof typeof TREND_FORMATS;

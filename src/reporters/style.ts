/** Select Graphic Rendition codes (ECMA-48) for each meaning that is shown in colour. */
const SGR = {
  critical: '1;35',
  high: '1;31',
  medium: '1;33',
  low: '1;36',
  info: '1;34',
  problem: '1;31',
  good: '1;32',
  bold: '1',
  dim: '2',
} as const;

export type Tone = keyof typeof SGR;

/** How text is dressed for the screen. What goes in has been made safe before (`escape.ts`). */
export type Style = {
  readonly paint: (tone: Tone, text: string) => string;
  /** A web address, as a terminal hyperlink (OSC 8) where it can be one. */
  readonly link: (url: string) => string;
};

const PLAIN: Style = { paint: (_tone, text) => text, link: (url) => url };

const ANSI: Style = {
  paint: (tone, text) => `\u001b[${SGR[tone]}m${text}\u001b[0m`,
  link: (url) => (WEB_ADDRESS.test(url) ? `\u001b]8;;${url}\u001b\\${url}\u001b]8;;\u001b\\` : url),
};

/** OSC 8 takes printable ASCII only, and nothing but the web is ever worth a click in a report. */
const WEB_ADDRESS = /^https?:\/\/[!-~]+$/;

export function styleFor({ color }: { readonly color: boolean }): Style {
  return color ? ANSI : PLAIN;
}

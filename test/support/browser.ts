import { existsSync } from 'node:fs';
import { launch, type Browser } from 'puppeteer-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const path = process.env['CHROME_PATH'] ?? USUAL_PLACES.find((place) => existsSync(place));

/** Whether tests that need a browser can be left out: there is none, and nobody insists. */
export const isWithoutBrowser = path === undefined && process.env['AGENTID_LINT_REQUIRE_BROWSER'] !== '1';

/** A headless Chromium, from `CHROME_PATH` or a usual place. Whoever starts it closes it. */
export function startBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error('no Chromium was found: name one in CHROME_PATH');
  return launch({ executablePath: path, args: ['--no-sandbox', '--hide-scrollbars'] });
}

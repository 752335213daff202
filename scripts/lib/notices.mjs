import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './opa.mjs';

/**
 * Names and licence texts of the packages that esbuild results contain, as their licences ask for.
 * @param {import('esbuild').Metafile[]} metafiles
 */
export function thirdPartyNotices(metafiles) {
  const folders = new Set();
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
    if (match) folders.add(match[0]);
  }
  return [...folders].sort().map(notice).join('\n');
}

function notice(folder) {
  const path = join(projectRoot, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file && existsSync(join(path, file))
      ? readFileSync(join(path, file), 'utf8').replaceAll('\r\n', '\n').trim()
      : `Licence: ${license}`;
  return `${name} ${version} (${license})\n${'-'.repeat(78)}\n${text}\n`;
}

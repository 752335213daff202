import type { Report } from '../../findings/report.ts';
import { count } from '../text.ts';
import { lines, type Block } from './block.ts';
import { code } from './inline.ts';

const MOST_FILES = 20;

/** What was run, and what decided what it says. */
export function runLines({ tool, now, config, suppressions }: Report): Block {
  const files = config.files.slice(0, MOST_FILES).map((file) => `- Settings: ${code(file)}`);
  const more = config.files.length - files.length;
  return lines([
    '',
    '### Run',
    '',
    `- Version: ${code(tool.version)}, at ${code(now)}`,
    `- Policies: ${code(tool.policyDigest)}`,
    ...tool.policies
      .filter(({ source }) => source.kind !== 'built-in')
      .slice(0, MOST_FILES)
      .map(({ source, rules }) => `- Own rules: ${count(rules, 'rule')} from ${code(source.name)}`),
    ...files,
    ...(more > 0 ? [`- and ${count(more, 'more file')} of settings`] : []),
    ...suppressionFiles(suppressions),
  ]);
}

function suppressionFiles({ waivers, baseline, inline }: Report['suppressions']): readonly string[] {
  const used = (label: string, file: typeof waivers) =>
    file === null ? [] : [`- ${label}: ${count(file.entries, 'entry', 'entries')} in ${code(file.file)}`];
  return [
    ...used('Waivers', waivers),
    ...used('Baseline', baseline),
    ...(inline ? [] : ['- Inline suppressions: ignored']),
  ];
}

import { findingBlock } from '../reporters/blocks.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor } from '../reporters/style.ts';
import type { Explanation } from '../rules/explain.ts';
import type { InputSlice } from '../rules/input-slice.ts';
import { renderConfigText } from './render-config.ts';
import { sections } from './sections.ts';
import { shellWord } from './shell-word.ts';
import { sourceTraceLines } from './source-trace-text.ts';
import { valueLines } from './value-lines.ts';

/** What is shown of the value that a finding is about, and of what it stands in. */
const VALUE = { width: 96, depth: 4 };
const PARENT = { width: 96, depth: 2 };

/** What `explain` prints for people about a finding. */
export function explanationText(
  { finding, rule, slice, settings, why }: Explanation,
  look: { readonly color: boolean },
): string {
  const style = styleFor(look);
  const file = why.status === 'traced' ? `: ${visible(why.trace.file)}` : '';
  const all = [
    { title: 'Fingerprint', lines: [finding.fingerprint] },
    { title: 'Input', lines: sliceLines(slice) },
    { title: 'In effect', lines: renderConfigText(settings, look).trimEnd().split('\n') },
    { title: `Why it fired${file}`, lines: sourceTraceLines(why, style) },
    {
      title: 'More',
      lines: [
        `agentid-lint explain ${visible(rule.id)}`,
        `agentid-lint rules trace ${visible(rule.id)} ${visible(shellWord(finding.location.uri))}`,
      ],
    },
  ];
  return joinLines([...findingBlock(finding, rule, style), ...sections(all, style)]);
}

function sliceLines({ pointer, parent, ...slice }: InputSlice): readonly string[] {
  const value = 'value' in slice ? valueLines(slice.value, VALUE) : ['nothing is there'];
  const at = pointer === '' ? 'the resource' : visible(pointer);
  const around =
    parent === null
      ? []
      : [
          `in ${parent.pointer === '' ? 'the resource' : visible(parent.pointer)}:`,
          ...valueLines(parent.value, PARENT).map((line) => `  ${line}`),
        ];
  return [`${at}:`, ...value.map((line) => `  ${line}`), ...around];
}

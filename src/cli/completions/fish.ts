import type { CompletedCommand, CompletedOption } from './model.ts';

export function fish(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# fish completion for agentid-lint
function __agentid_lint_at --description 'Whether the command that is being typed is this one'
    set -l at ''
    for word in (commandline -opc)[2..-1]
        set -l next (string trim -- "$at $word")
        contains -- $next ${paths.join(' ')}; and set at $next
    end
    test "$at" = "$argv[1]"
end
${commands.flatMap(commandLines).join('\n')}
`;
}

function commandLines({ path, words, options, takesFiles }: CompletedCommand): string[] {
  const start = `complete -c agentid-lint -n ${quoted(`__agentid_lint_at "${path}"`)}`;
  return [
    ...(takesFiles ? [] : [`${start} -f`]),
    ...words.map(
      ({ name, description }) =>
        `${start} -a ${quoted(name)}${description === '' ? '' : ` -d ${quoted(description)}`}`,
    ),
    ...options.map((option) => start + optionText(option)),
  ];
}

function optionText({ names, description, values }: CompletedOption): string {
  const flags = names.map((name) =>
    name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`,
  );
  return `${flags.join('')}${valuesText(values)} -d ${quoted(description)}`;
}

function valuesText(values: CompletedOption['values']): string {
  if (values === 'none') return '';
  if (values === 'files') return ' -r -F';
  return typeof values === 'string' ? ' -x' : ` -x -a ${quoted(values.join(' '))}`;
}

/** In single quotes fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

import {
  shellQuoted,
  valuesByPlace,
  type Completed,
  type CompletedCommand,
  type CompletedOption,
} from './model.ts';

export function zsh(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter(({ path }) => path !== '').map(({ path }) => shellQuoted(path));
  const values = valuesByPlace(commands).map(
    ({ places, values: offered }) =>
      `    (${places.map(shellQuoted).join('|')}) ${offer(offered)}; return ;;`,
  );
  return `#compdef agentid-lint
_agentid_lint() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}" at="" index
  local -a offered options
  if [[ $current == --*=* ]]; then
    previous="\${current%%=*}"
    compset -P '*='
  fi
  for ((index = 2; index < CURRENT; index++)); do
    case "\${at:+$at }\${words[index]}" in
      (${paths.join('|')}) at="\${at:+$at }\${words[index]}" ;;
    esac
  done
  case "$at:$previous" in
${values.join('\n')}
  esac
  case "$at" in
${commands.map(commandCase).join('\n')}
  esac
  if [[ $current == -* ]]; then
    _describe -o option options
  else
    ((\${#offered})) && _describe value offered
  fi
}
if [[ "\${funcstack[1]}" == _agentid-lint ]]; then
  _agentid_lint "$@"
else
  compdef _agentid_lint agentid-lint
fi
`;
}

function commandCase({ path, words, options, takesFiles }: CompletedCommand): string {
  const names = options.flatMap(({ names: all, description }) => all.map((name) => ({ name, description })));
  return [
    `    (${shellQuoted(path)})`,
    `      offered=(${words.map(described).join(' ')})`,
    `      options=(${names.map(described).join(' ')})`,
    ...(takesFiles ? ['      [[ $current == -* ]] || _files'] : []),
    '      ;;',
  ].join('\n');
}

function described({ name, description }: Completed): string {
  const escaped = name.replaceAll(':', String.raw`\:`);
  return shellQuoted(description === '' ? escaped : `${escaped}:${description}`);
}

function offer(values: CompletedOption['values']): string {
  if (values === 'files') return '_files';
  return typeof values === 'string' ? ':' : `compadd -- ${values.map(shellQuoted).join(' ')}`;
}

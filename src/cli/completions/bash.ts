import { shellQuoted, valuesByPlace, type CompletedCommand } from './model.ts';

/** Leaves file names to readline: with `-o default` it completes them where nothing else is offered. */
export function bash(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter(({ path }) => path !== '').map(({ path }) => shellQuoted(path));
  const values = valuesByPlace(commands).map(({ places, values: offered }) => {
    const words = typeof offered === 'string' ? '' : offered.join(' ');
    return `    ${places.map(shellQuoted).join('|')}) words=${shellQuoted(words)} ;;`;
  });
  const words = commands.map(({ path, words: offered, options }) => {
    const names = options.flatMap((option) => option.names);
    return `        ${shellQuoted(path)}) words=${shellQuoted(offered.map(({ name }) => name).join(' '))}; options=${shellQuoted(names.join(' '))} ;;`;
  });
  return `# bash completion for agentid-lint
_agentid_lint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="" at="" words="" options="" index
  ((COMP_CWORD > 0)) && previous="\${COMP_WORDS[COMP_CWORD-1]}"
  # "--option=value" comes as three words.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $previous == "=" ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${at:+$at }\${COMP_WORDS[index]}" in
      ${paths.join('|')}) at="\${at:+$at }\${COMP_WORDS[index]}" ;;
    esac
  done
  case "$at:$previous" in
${values.join('\n')}
    *)
      case "$at" in
${words.join('\n')}
      esac
      [[ $current == -* ]] && words="$options"
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _agentid_lint agentid-lint
`;
}

/** Commands of runners that reports are meant to have. */
const OURS = {
  github: /^::(?:error|warning|notice|debug|group|endgroup)(?: |::)/,
  azuredevops: /^##vso\[task\.(?:logissue|complete) |^##\[(?:group|endgroup|section|warning|error)\]/,
};

/**
 * Lines that a CI runner would obey and that are not of the kind that the format is for.
 * @param {'github' | 'azuredevops' | null} format `null` for those that are no commands at all
 * @returns {(text: string) => readonly string[]}
 */
export function commandFaults(format) {
  return (text) =>
    text.split('\n').flatMap((line, index) => {
      const ours = format !== null && OURS[format].test(line);
      const rest = ours ? line.replace(OURS[format], '') : line;
      return /^\s*::/.test(rest) || /##\w*\[/.test(rest)
        ? [`line ${index + 1} holds a command: ${line.slice(0, 80)}`]
        : [];
    });
}

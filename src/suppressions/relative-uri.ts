/**
 * A path relative to the working directory, as uris are. `path` is relative to a root, from which the working directory is
 * seen at `base`. Forward slashes; steps like `./` and `a/../` are taken out.
 */
export function fromWorkingDirectory(path: string, base: string): string {
  const steps = stepsOf(path);
  const from = stepsOf(base);
  let shared = 0;
  while (shared < from.length && shared < steps.length - 1 && steps[shared] === from[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...steps.slice(shared)].join('/');
}

function stepsOf(path: string): readonly string[] {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps;
}

/**
 * A path as it is seen from the root of the repository, which is what CI systems need: `base` is the working directory
 * seen from there. `.`, `..` and empty steps are taken out; `..` stays in front of what is outside of the repository.
 */
export function repositoryPath(base: string, uri: string): string {
  const steps: string[] = [];
  for (const step of `${base}/${uri}`.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.length === 0 ? '.' : steps.join('/');
}

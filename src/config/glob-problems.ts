import type { Problem } from '../documents/problem.ts';
import { GlobError, parseGlob } from '../documents/glob.ts';
import { configProblem } from './problem.ts';
import type { ConfigPlace } from './schema-problems.ts';
import { globsIn, type WrittenConfig } from './written.ts';

/** What is wrong with the globs of a config that fits its schema. */
export function globProblems(config: WrittenConfig, { document, at }: ConfigPlace): Problem[] {
  const problems: Problem[] = [];
  for (const { path, glob } of globsIn(config)) {
    try {
      parseGlob(glob);
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      const words = {
        code: 'config-invalid-glob',
        message: `The pattern ${error.message}.`,
        hint: error.hint,
      } as const;
      const { range } = document.locate([...at, ...path]);
      problems.push(configProblem(words, { uri: document.uri, range }));
    }
  }
  return problems;
}

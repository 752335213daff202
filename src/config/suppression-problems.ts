import { dirname, resolve } from 'node:path';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { isInside } from './config-text.ts';
import { configProblem, quoted, type ProblemWords } from './problem.ts';
import type { ConfigPlace } from './schema-problems.ts';
import { isGuid } from './tenants.ts';
import type { WrittenConfig } from './written.ts';

type File = {
  /** Absolute path of the config file. */
  readonly path: string;
  /** Absolute folder that everything a config names must be inside of. */
  readonly within: string;
};

/** What is wrong with exempt principals and with where waivers and the baseline are, in a config that fits its schema. */
export function suppressionProblems(config: WrittenConfig, place: ConfigPlace, file: File): Problem[] {
  return [...principalProblems(config, place), ...pathProblems(config, place, file)];
}

function principalProblems({ exemptPrincipals = [] }: WrittenConfig, place: ConfigPlace): Problem[] {
  const ids = exemptPrincipals.map(({ id }) => id.toLowerCase());
  return exemptPrincipals.flatMap(({ id }, index) => {
    const path = ['exemptPrincipals', index, 'id'];
    if (!isGuid(id)) {
      const message = `${quoted(id)} is neither an object id nor an application id.`;
      return [problemAt({ code: 'config-invalid-principal', message }, path, place)];
    }
    const first = ids.indexOf(id.toLowerCase());
    if (first === index) return [];
    const message = `The principal ${quoted(id)} is exempt twice: as item ${first + 1} and as item ${index + 1}.`;
    const { range } = place.document.locate([...place.at, 'exemptPrincipals', first, 'id']);
    const related = [{ message: 'The other one.', range }];
    return [problemAt({ code: 'config-duplicate-principal', message }, path, place, related)];
  });
}

function pathProblems(
  { waivers, baseline }: WrittenConfig,
  place: ConfigPlace,
  { path, within }: File,
): Problem[] {
  const named: readonly (readonly [Path, string | null | undefined])[] = [
    [['waivers', 'file'], waivers?.file],
    [['baseline'], baseline],
  ];
  return named.flatMap(([at, name]) =>
    name === undefined || name === null || isInside(within, resolve(dirname(path), name))
      ? []
      : [
          problemAt(
            { code: 'config-outside', message: `${quoted(name)} is outside of the repository.` },
            at,
            place,
          ),
        ],
  );
}

function problemAt(
  words: ProblemWords,
  path: Path,
  { document, at }: ConfigPlace,
  related?: Problem['related'],
): Problem {
  const { range } = document.locate([...at, ...path]);
  return configProblem(words, { uri: document.uri, range }, related);
}

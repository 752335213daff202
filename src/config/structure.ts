import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { Path } from '../documents/pointer.ts';
import { toPointer } from '../documents/pointer.ts';
import type { WrittenSource } from '../sources/parse.ts';
import { valueAt } from '../documents/pointer.ts';
import type { WrittenRemoteRules } from './written.ts';

/** What of a config file must be known before the rest can be checked: other files, and which rules there are. */
export type Structure = {
  readonly extends: readonly string[];
  readonly sources: readonly WrittenSource[];
  readonly builtIn: boolean | undefined;
  readonly remoteRules: WrittenRemoteRules;
  /** Whether all of it fits the schema. What does not is left out. */
  readonly isWhole: boolean;
};

/** The validator stops looking when it has found so much. */
const ENOUGH_ERRORS = 100;

const PARTS = {
  extends: ['extends'],
  sources: ['rules', 'sources'],
  builtIn: ['rules', 'builtIn'],
  remoteRules: ['remoteRules'],
} as const satisfies { readonly [part: string]: Path };

/** @param errors everything that the schema has against the config */
export function structureOf(config: unknown, errors: readonly SchemaError[]): Structure {
  const fits = (path: Path) =>
    errors.length < ENOUGH_ERRORS && !errors.some((error) => concerns(error, toPointer(path)));
  const partAt = (path: Path): unknown => (fits(path) ? valueAt(config, path) : undefined);
  const builtIn = partAt(PARTS.builtIn);
  // The schema has just said that each of them has this form.
  return {
    extends: (partAt(PARTS.extends) ?? []) as Structure['extends'],
    sources: (partAt(PARTS.sources) ?? []) as Structure['sources'],
    builtIn: typeof builtIn === 'boolean' ? builtIn : undefined,
    remoteRules: partAt(PARTS.remoteRules) ?? {},
    isWhole: Object.values(PARTS).every(fits),
  };
}

/** Whether an error is inside of a part, or says that what should hold the part cannot hold anything. */
function concerns({ instancePath, keyword }: SchemaError, part: string): boolean {
  if (instancePath === part || instancePath.startsWith(`${part}/`)) return true;
  return keyword === 'type' && part.startsWith(`${instancePath}/`);
}

import type { Report, ReportedPrincipal, ReportedResource } from '../../findings/report.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { table, type Block } from './block.ts';
import { code } from './inline.ts';

/** Names of a cell before "and 7 more". */
const MOST_NAMES = 3;

/** How many resources of each kind there are. */
export function kindsTable({ resources, unlisted }: Report): Block[] {
  const kinds = new Map<string, number>();
  for (const { kind } of resources) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const rows = Array.from(kinds, ([kind, number]) => [wordsOf(kind), String(number)]);
  const more = unlisted === 0 ? [] : [['without findings, not listed', String(unlisted)]];
  return table('Inventory', ['kind', 'judged'], [...rows, ...more]);
}

function wordsOf(kind: string): string {
  return Object.entries(KIND_WORDS).find(([known]) => known === kind)?.[1][1] ?? '';
}

/** Blueprints: how many agents they have, who answers for them, what they pass on. */
export function blueprintsTable({ resources }: Report): Block[] {
  const rows = resources
    .filter(({ kind }) => kind === 'blueprint')
    .map((blueprint) => [
      code(blueprint.name),
      blueprint.agents === null ? 'unknown' : String(blueprint.agents),
      principals(blueprint.sponsors),
      principals(blueprint.owners),
      permissions(blueprint),
    ]);
  return table('Blueprints', ['blueprint', 'agents', 'sponsors', 'owners', 'passes on'], rows);
}

function principals(all: readonly ReportedPrincipal[] | null): string {
  if (all === null) return 'unknown';
  return all.length === 0 ? 'none' : listed(all.map(({ name, id }) => name ?? id ?? ''));
}

function permissions({ passesOn }: ReportedResource): string {
  const names = [...new Set(passesOn.map(({ name }) => name))];
  return names.length === 0 ? 'nothing' : listed(names);
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, MOST_NAMES)
    .map((name) => code(name))
    .join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

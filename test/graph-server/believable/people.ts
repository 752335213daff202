import { group, person, type Draft, type Person } from './draft.ts';

const GIVEN = ['Mira', 'Dana', 'Oskar', 'Priya', 'Jonas', 'Leila', 'Tove', 'Marco', 'Aiko', 'Hassan'];
const SURNAMES = ['Okafor', 'Whitlock', 'Lindqvist', 'Nandakumar', 'Castellan', 'Ferreira'];

export type People = {
  /** Enabled members of the company. */
  readonly staff: readonly Person[];
  readonly left: readonly Person[];
  readonly deleted: Person;
  readonly guests: readonly Person[];
  readonly groups: {
    readonly claims: string;
    readonly customs: string;
    readonly operations: string;
    /** Nobody in it has an enabled account. */
    readonly formerProject: string;
    readonly accounting: string;
    readonly tier0: string;
  };
};

/** Sixty people and the groups that answer for agents. */
export function people(draft: Draft): People {
  const names = SURNAMES.flatMap((surname) => GIVEN.map((given) => `${given} ${surname}`));
  const staff = names.slice(0, 54).map((name) => person(draft, name));
  const left = names.slice(54, 57).map((name) => person(draft, name, { enabled: false }));
  const guests = names.slice(57, 60).map((name) => person(draft, name, { guest: true }));
  const deleted = person(draft, 'Rasmus Thorne', { deletedDaysAgo: 13 });
  for (const [index, { id }] of staff.entries()) {
    const manager = staff[Math.floor(index / 6)];
    if (manager !== undefined && manager.id !== id) draft.managers[id] = [manager.id];
  }
  const some = (from: number, count: number) => staff.slice(from, from + count).map(({ id }) => id);
  const leads = group(draft, 'Operations leads', 'security', some(12, 3));
  return {
    staff,
    left,
    deleted,
    guests,
    groups: {
      claims: group(draft, 'Claims agent sponsors', 'microsoft 365', some(0, 5)),
      customs: group(draft, 'Customs department', 'dynamic', some(20, 12)),
      operations: group(draft, 'Operations agent sponsors', 'microsoft 365', [leads, ...some(15, 1)]),
      formerProject: group(
        draft,
        'Former project office',
        'microsoft 365',
        left.map(({ id }) => id),
      ),
      accounting: group(draft, 'Accounting', 'security', some(30, 6)),
      tier0: group(draft, 'Tier0 automation', 'role-assignable', some(50, 2)),
    },
  };
}

import type { CollectProgress, CollectRequest } from '../collect.ts';
import { visible } from '../reporters/escape.ts';
import { count } from '../reporters/text.ts';
import type { CliContext } from './context.ts';
import { durationInWords } from './duration.ts';

/** What a person at the terminal sees of a collection while it runs. */
export type CollectScreen = {
  readonly step: (progress: CollectProgress) => void;
  readonly wait: NonNullable<CollectRequest['graph']['onWait']>;
  /** Takes the lines away. */
  readonly clear: () => void;
};

/** What the lists are called; of what is read for each object, the object goes first: `agentIdentity.owners`. */
const STEPS: { readonly [step: string]: string } = {
  blueprints: 'blueprints',
  blueprintPrincipals: 'blueprint principals',
  agentIdentities: 'agent identities',
  agentUsers: 'agent users',
  blueprint: 'blueprints',
  blueprintPrincipal: 'blueprint principals',
  agentIdentity: 'agent identities',
  agentUser: 'agent users',
  oauth2PermissionGrants: 'granted delegated permissions',
  roleAssignments: 'directory roles',
  groups: 'role-assignable groups',
  signInReport: 'last sign-ins',
  signIns: 'sign-in log',
  conditionalAccessPolicies: 'Conditional Access policies',
  riskyAgents: 'risky agents',
  lifecyclePolicies: 'lifecycle policies',
  deletedServicePrincipals: 'deleted agents',
  deletedApplications: 'deleted blueprints',
  principals: 'who is behind sponsors and owners',
  resources: 'APIs',
  inherited: 'inherited permissions',
};

/** Milliseconds between two pictures. */
const INTERVAL = 100;
const SHOWN_STEPS = 6;
const WIDEST_NAME = 44;
/** Before so many round trips nobody can say how long the rest takes. */
const ENOUGH_TO_ESTIMATE = 10;

export type ScreenState = {
  /** By name, in the order that they were begun in. */
  readonly steps: ReadonlyMap<string, CollectProgress>;
  /** Milliseconds since reading has begun. */
  readonly elapsed: number;
  /** Milliseconds that Graph asks to wait now; 0 when it does not. */
  readonly waiting: number;
};

/** Lines that say how far a collection is. */
export function screenLines({ steps, elapsed, waiting }: ScreenState): readonly string[] {
  const all = [...steps.values()];
  const last = all.at(-1);
  if (last === undefined) return [`asking for the tenant …${waiting > 0 ? ` ${waitingWords(waiting)}` : ''}`];
  const open = all.filter(({ done }) => !done);
  const shown = open.slice(-SHOWN_STEPS).map(({ step, objects }) => {
    const name = stepInWords(step);
    return `  ${name.padEnd(WIDEST_NAME)}${String(objects).padStart(9)}`;
  });
  return [
    `reading the tenant: ${all.length - open.length} of ${count(all.length, 'step')} done`,
    ...shown,
    ...totals(all, elapsed, waiting),
  ];
}

function totals(all: readonly CollectProgress[], elapsed: number, waiting: number): readonly string[] {
  const most = (of: (progress: CollectProgress) => number) => Math.max(...all.map(of));
  const roundTrips = most(({ stats }) => stats.roundTrips);
  const throttled = most(({ stats }) => stats.throttled);
  const waited = most(({ stats }) => stats.waited) / 1000;
  const expected = Math.max(
    roundTrips,
    most((progress) => progress.expected.roundTrips),
  );
  const left = roundTrips < ENOUGH_TO_ESTIMATE ? 0 : (elapsed / roundTrips / 1000) * (expected - roundTrips);
  const slow = [
    ...(throttled === 0 ? [] : [`throttled ${count(throttled, 'time')}`]),
    ...(waited < 1 ? [] : [`waited ${durationInWords(waited)}`]),
    ...(waiting > 0 ? [waitingWords(waiting)] : []),
  ];
  return [
    `${count(roundTrips, 'round trip')} of about ${expected}${left < 1 ? '' : `, about ${durationInWords(left)} left`}`,
    ...(slow.length === 0 ? [] : [slow.join(', ')]),
  ];
}

function waitingWords(waiting: number): string {
  return `Graph asks to wait ${durationInWords(Math.ceil(waiting / 1000))}`;
}

function stepInWords(step: string): string {
  const [first = '', ...rest] = step.split('.');
  const words = STEPS[first] ?? spaced(first);
  return rest.length === 0 ? words : `${words}: ${rest.map(spaced).join(' ')}`;
}

function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Draws the lines again and again at a terminal. Anyone else is told nothing. */
export function collectProgress(
  context: Pick<CliContext, 'terminal' | 'env' | 'elapsed' | 'writeStderr' | 'progressColumns'>,
  { isQuiet }: { readonly isQuiet: boolean },
): CollectScreen {
  const { terminal, env, elapsed, writeStderr, progressColumns } = context;
  const nothing = () => undefined;
  if (isQuiet || !terminal.stderr || env['TERM'] === 'dumb')
    return { step: nothing, wait: nothing, clear: nothing };
  const steps = new Map<string, CollectProgress>();
  const startedAt = elapsed();
  let drawn = 0;
  let drawnAt = -INTERVAL;
  let waitsUntil = 0;
  let isOver = false;
  const draw = () => {
    const now = elapsed();
    if (isOver || now - drawnAt < INTERVAL) return;
    drawnAt = now;
    const width = Math.max(20, progressColumns() ?? 80) - 1;
    const lines = screenLines({ steps, elapsed: now - startedAt, waiting: Math.max(0, waitsUntil - now) });
    writeStderr(`${erase(drawn)}${lines.map((line) => `${visible(line).slice(0, width)}\n`).join('')}`);
    drawn = lines.length;
  };
  draw();
  // Waits and estimates go on while nothing comes.
  const timer = setInterval(draw, INTERVAL);
  timer.unref();
  return {
    step: (progress) => {
      steps.set(progress.step, progress);
      draw();
    },
    wait: ({ milliseconds }) => {
      waitsUntil = Math.max(waitsUntil, elapsed() + milliseconds);
      draw();
    },
    clear: () => {
      clearInterval(timer);
      if (!isOver) writeStderr(erase(drawn));
      isOver = true;
    },
  };
}

/** Back to the beginning of so many lines, and everything below gone. */
function erase(lines: number): string {
  return lines === 0 ? '' : `\u001b[${lines}A\r\u001b[J`;
}

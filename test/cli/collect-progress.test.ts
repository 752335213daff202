import { describe, expect, test } from 'vitest';
import { collectProgress, screenLines } from '../../src/cli/collect-progress.ts';
import type { CollectProgress } from '../../src/collect.ts';

type Changed = Partial<Pick<CollectProgress, 'objects' | 'done'>> & {
  readonly roundTrips?: number;
  readonly throttled?: number;
  readonly waited?: number;
  readonly expected?: number;
};

function progress(step: string, changed: Changed = {}): CollectProgress {
  const { objects = 0, done = false, roundTrips = 0, throttled = 0, waited = 0, expected = 0 } = changed;
  const stats = {
    roundTrips,
    throttled,
    waited,
    requests: 0,
    batches: 0,
    retries: 0,
    bytes: 0,
    clockSkew: 0,
  };
  return {
    step,
    objects,
    done,
    requests: 0,
    stats,
    expected: { steps: [], requests: 0, roundTrips: expected, floor: 0 },
  };
}

const lines = (steps: readonly CollectProgress[], elapsed = 0, waiting = 0) =>
  screenLines({ steps: new Map(steps.map((each) => [each.step, each])), elapsed, waiting });

describe('a person at the terminal sees', () => {
  test('that the tenant is asked for, and when Graph keeps them waiting', () => {
    expect(lines([])).toEqual(['asking for the tenant …']);
    expect(lines([], 0, 3500)).toEqual(['asking for the tenant … Graph asks to wait 4 seconds']);
  });

  test('the objects of what is read now, and how much is done', () => {
    expect(
      lines([
        progress('blueprints', { objects: 41, done: true }),
        progress('agentIdentities', { objects: 12_300, roundTrips: 5, expected: 90 }),
        progress('agentIdentity.owners', { objects: 7 }),
        progress('lookUps', { objects: 1 }),
      ]),
    ).toEqual([
      'reading the tenant: 1 of 4 steps done',
      '  agent identities                                12300',
      '  agent identities: owners                            7',
      '  look ups                                            1',
      '5 round trips of about 90',
    ]);
  });

  test('how long it may take, once that can be said, and what throttling costs', () => {
    const busy = progress('agentIdentities', {
      objects: 9000,
      roundTrips: 100,
      expected: 400,
      throttled: 2,
      waited: 14_000,
    });
    expect(lines([busy], 60_000, 900).slice(-2)).toEqual([
      '100 round trips of about 400, about 3 minutes left',
      'throttled 2 times, waited 14 seconds, Graph asks to wait 1 second',
    ]);
  });

  test('no more round trips than were made, whatever was expected', () => {
    expect(lines([progress('groups', { roundTrips: 50, expected: 20 })], 1000).at(-1)).toBe(
      '50 round trips of about 50',
    );
  });
});

describe('the screen', () => {
  function screen(terminal: boolean, env: { readonly [name: string]: string } = {}) {
    let now = 0;
    const written: string[] = [];
    const drawn = collectProgress(
      {
        env,
        terminal: { stdin: false, stdout: false, stderr: terminal },
        elapsed: () => now,
        progressColumns: () => 30,
        writeStderr: (text) => {
          written.push(text);
        },
      },
      { isQuiet: false },
    );
    return {
      ...drawn,
      written,
      pass: (milliseconds: number) => {
        now += milliseconds;
      },
    };
  }

  test('is drawn over, cut to its width, and taken away', () => {
    const { step, clear, pass, written } = screen(true);
    pass(200);
    step(progress('agentIdentities', { objects: 3 }));
    step(progress('agentIdentities', { objects: 4 }));
    clear();
    clear();
    expect(written).toEqual([
      'asking for the tenant …\n',
      '\u001b[1A\r\u001b[Jreading the tenant: 0 of 1 st\n  agent identities           \n0 round trips of about 0\n',
      '\u001b[3A\r\u001b[J',
    ]);
  });

  test.each([
    ['no terminal', screen(false)],
    ['a terminal that cannot', screen(true, { TERM: 'dumb' })],
  ])('is nothing for %s', (_, { step, wait, clear, written }) => {
    step(progress('agentIdentities'));
    wait({ lane: 'directory', milliseconds: 10 });
    clear();
    expect(written).toEqual([]);
  });
});

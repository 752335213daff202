import type { Stage } from '../lint/request.ts';
import type { CliContext } from './context.ts';

export type Stats = {
  /** The stage that begins now; the one before it ends. */
  readonly stage: (stage: Stage | 'collect' | 'judge' | 'render') => void;
  readonly print: () => void;
};

/** Times the stages of a run and prints their shares, so that the next gain is visible. */
export function startStats(context: CliContext): Stats {
  const times: { stage: string; milliseconds: number }[] = [];
  let current = { stage: 'start', since: 0 };
  const stage: Stats['stage'] = (next) => {
    const now = context.elapsed();
    times.push({ stage: current.stage, milliseconds: now - current.since });
    current = { stage: next, since: now };
  };
  return {
    stage,
    print: () => {
      stage('render');
      const total = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      const rows = times.map(({ stage: name, milliseconds }) => {
        const share = `${Math.round((100 * milliseconds) / total)}%`;
        return `  ${name.padEnd(10)}${milliseconds.toFixed(1).padStart(9)} ms ${share.padStart(5)}`;
      });
      context.writeStderr(
        `stages:\n${rows.join('\n')}\n  ${'total'.padEnd(10)}${total.toFixed(1).padStart(9)} ms\n`,
      );
    },
  };
}

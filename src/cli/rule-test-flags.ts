import { parseThreshold, type Threshold } from '../rules/test/threshold.ts';
import { usageError } from './errors.ts';
import { choiceOf } from './flags.ts';

export const TEST_FORMATS = ['pretty', 'json'] as const;

/** Options of `rules test` as they stand on the command line. */
export type TestFlags = {
  readonly format: string;
  readonly run?: string;
  readonly coverage?: true;
  readonly threshold?: string;
  readonly watch?: true;
};

export type TestSettings = {
  readonly format: (typeof TEST_FORMATS)[number];
  readonly run: RegExp | null;
  readonly coverage: boolean;
  readonly threshold: Threshold | null;
  readonly watch: boolean;
};

/** @throws {UsageError} when an option has no meaning */
export function testSettings(flags: TestFlags): TestSettings {
  const format = choiceOf({ value: flags.format, source: '--format' }, TEST_FORMATS);
  const watch = flags.watch === true;
  if (watch && format === 'json')
    throw usageError(
      '--watch and --format json contradict each other',
      'Programs take one report; leave --watch out.',
    );
  const threshold = flags.threshold === undefined ? null : thresholdOf(flags.threshold);
  return {
    format,
    run: flags.run === undefined ? null : patternOf(flags.run),
    coverage: flags.coverage === true || threshold !== null,
    threshold,
    watch,
  };
}

/** An unset shell variable in quotes would run everything. */
function patternOf(text: string): RegExp {
  if (text.trim() === '')
    throw usageError('--run: the value is empty', 'Give it a pattern, or leave the option out.');
  try {
    return new RegExp(text);
  } catch (cause) {
    const why =
      cause instanceof SyntaxError
        ? cause.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '')
        : '';
    throw usageError(
      `--run: ${JSON.stringify(text)} is no regular expression: ${why}`,
      'Write a part of a name, or a pattern such as "^ownership/" or "test_passes_.*tag".',
    );
  }
}

function thresholdOf(text: string): Threshold {
  const threshold = parseThreshold(text);
  if (threshold !== null) return threshold;
  throw usageError(
    `--threshold: ${JSON.stringify(text)} is no percentage`,
    'Write a number from 0 to 100, such as 95 or 99.9.',
  );
}

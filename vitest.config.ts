import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

/** Tests that replace modules, or look at the process's own file descriptors or processor time. */
const ALONE = [
  'test/documents/discover.test.ts',
  'test/documents/growth.test.ts',
  'test/documents/read.test.ts',
  'test/e2e/streams.test.ts',
  'test/tenant/snapshot/disk-faults.test.ts',
  'test/tenant/spool/disk-faults.test.ts',
];

const common = { testTimeout: 20_000, exclude: ['test/policies-oracle/**'] };

export default defineConfig({
  test: {
    // Many tests wait for programs that they start.
    maxWorkers: '100%',
    reporters: ['default', new ClosingLine()],
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'json-summary'] },
    projects: [
      {
        // Starting a worker and loading the sources for each of 80 files would take a quarter of the time.
        test: {
          ...common,
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...common.exclude, ...ALONE],
          pool: 'threads',
          isolate: false,
        },
      },
      { test: { ...common, name: 'alone', include: ALONE } },
    ],
  },
});

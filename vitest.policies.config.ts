import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

/** Tests that need OPA: `npm run test:policies`. */
export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    include: ['test/policies-oracle/**/*.test.ts'],
    testTimeout: 120_000,
  },
});

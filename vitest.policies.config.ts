import { defineConfig } from 'vitest/config';

/** Tests that need OPA: `npm run test:policies`. */
export default defineConfig({
  test: { include: ['test/policies-oracle/**/*.test.ts'], testTimeout: 120_000 },
});

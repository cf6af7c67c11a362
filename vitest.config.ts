import { defineConfig } from "vitest/config";

/**
 * One project per kind of test, fast ones first. `npm test` needs nothing but `npm ci`;
 * mysql needs a server, clients and browser need what .ci/run installs.
 */
const project = (name: string, include: string[], options: { timeout?: number; parallel?: boolean } = {}) => ({
  test: {
    name,
    include,
    testTimeout: options.timeout ?? 10_000,
    hookTimeout: options.timeout ?? 30_000,
    fileParallelism: options.parallel ?? true,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project("unit", ["test/unit/**/*.test.ts"]),
      project("integration", ["test/integration/**/*.test.ts", "test/contract/**/*.sqlite.test.ts"], {
        timeout: 60_000,
      }),
      project("e2e", ["test/e2e/**/*.test.ts"], { timeout: 300_000, parallel: false }),
      project("mysql", ["test/mysql/**/*.test.ts", "test/contract/**/*.mysql.test.ts"], {
        timeout: 180_000,
        parallel: false,
      }),
      project("clients", ["test/clients/**/*.test.ts"], { timeout: 180_000, parallel: false }),
      project("browser", ["test/browser/**/*.test.ts"], { timeout: 180_000, parallel: false }),
    ],
  },
});

import { defineConfig } from "vitest/config";

interface Kind {
  name: string;
  include: string[];
  timeout?: number;
  /** Test files at a time; those that mostly wait bear more of them than there are cores. */
  workers?: number;
  /** Kinds with the same number run side by side, later ones after them. */
  order?: number;
  /** Starts sandboxes as processes, with an account that is signed in. */
  signedIn?: boolean;
}

/**
 * One project per kind of test, fast ones first. `npm test` needs nothing but `npm ci`;
 * mysql needs a server, clients and browser need what .ci/run installs.
 */
const project = ({ name, include, timeout, workers = 1, order = 0, signedIn = false }: Kind) => ({
  test: {
    name,
    include,
    testTimeout: timeout ?? 10_000,
    hookTimeout: timeout ?? 30_000,
    maxWorkers: workers,
    sequence: { groupOrder: order },
    globalSetup: signedIn ? ["test/support/signed-in.setup.ts"] : [],
  },
});

export default defineConfig({
  test: {
    projects: [
      project({ name: "unit", include: ["test/unit/**/*.test.ts"], workers: 3 }),
      project({
        name: "integration",
        include: ["test/integration/**/*.test.ts", "test/contract/**/*.sqlite.test.ts"],
        timeout: 60_000,
        workers: 3,
      }),
      project({
        name: "e2e",
        include: ["test/e2e/**/*.test.ts"],
        timeout: 300_000,
        workers: 2,
        order: 1,
        signedIn: true,
      }),
      project({
        name: "mysql",
        include: ["test/mysql/**/*.test.ts", "test/contract/**/*.mysql.test.ts"],
        timeout: 180_000,
        workers: 2,
        order: 2,
        signedIn: true,
      }),
      project({ name: "clients", include: ["test/clients/**/*.test.ts"], timeout: 180_000, order: 3 }),
      project({ name: "browser", include: ["test/browser/**/*.test.ts"], timeout: 180_000, order: 4 }),
    ],
  },
});

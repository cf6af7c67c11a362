import { expect, it, onTestFinished } from "vitest";
import { mysqlDatabase } from "../support/database.ts";
import { startProgram } from "../support/program.ts";

/** A start that the server refuses: what a person reads, and the exit code. */
async function refused(change: (url: URL) => void) {
  const database = await mysqlDatabase();
  onTestFinished(() => database.remove());
  const url = new URL(database.url);
  change(url);
  const settings = { API_ID: "1", API_HASH: "0123456789abcdef0123456789abcdef", ROLES: "worker" };
  const env = { ...settings, DATABASE_URL: url.href };
  const program = await startProgram({ env, ready: false, signedIn: false });
  onTestFinished(() => program.remove());
  const { code } = await program.child.exited;
  const text = program.lines().join("\n");
  expect(text).not.toContain('"stack"');
  return { code, text };
}

it("takes a wrong password for a wrong setting, not for an outage", async () => {
  const { code, text } = await refused((url) => {
    url.username = "nobody";
    url.password = "hunter2secret";
  });
  expect(code).toBe(2);
  expect(text).toMatch(/user|password/i);
  expect(text).not.toContain("hunter2secret");
});

it("takes a database that does not exist for a wrong setting", async () => {
  const { code, text } = await refused((url) => {
    url.pathname = "/no_such_database";
  });
  expect(code).toBe(2);
  expect(text).toContain("There is no database of that name on the server");
});

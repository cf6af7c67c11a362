import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startChild } from "../../src/cli/child.ts";
import { LEFT_BY_LAST_DEMO } from "../../src/cli/demo-stage.ts";
import { bareEnvironment } from "../../src/cli/sandbox-process.ts";
import { eventually } from "../support/eventually.ts";
import { makeTempFolder, removeFolder } from "../support/temp.ts";

it("npm run demo prints one address where the owner's phone is, and Ctrl-C ends everything", async () => {
  const folder = join(makeTempFolder(), "demo");
  onTestFinished(() => removeFolder(join(folder, "..")));
  const args = ["--folder", folder, "--world", "small"];
  const demo = startChild("src/cli/demo.ts", { args, env: bareEnvironment(), cwd: tmpdir() });
  onTestFinished(() => void demo.kill("SIGKILL"));

  const address = (await demo.line((line) => /^\s+http:\/\//.test(line), 90_000)).trim();
  expect(demo.lines.filter((line) => line.includes("http"))).toHaveLength(1);
  const page = await fetch(address);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toContain("text/html");

  demo.kill("SIGINT");
  expect((await demo.exited).code).toBe(0);
  await eventually(async () => (await fetch(address).catch(() => null)) === null);
  expect(demo.lines.join("\n")).not.toMatch(/Error|^\s+at /m);
  // A database that stayed would make the next demo believe that it has everything.
  expect(readdirSync(folder).filter((name) => !LEFT_BY_LAST_DEMO.test(name))).toEqual([]);
});

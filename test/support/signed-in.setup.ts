/**
 * Once before all tests that start processes: a real login, whose session and whose keys at the data centres every
 * sandbox of theirs begins with. Tests of logging in log in by themselves.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SIGNED_IN } from "./signed-in.ts";
import { makeTempFolder, removeFolder } from "./temp.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

export default async function setup(): Promise<() => void> {
  const folder = makeTempFolder();
  await promisify(execFile)(process.execPath, ["--import", "tsx", "test/support/sign-in-once.ts", folder], {
    cwd: root,
  });
  process.env[SIGNED_IN] = folder;
  return () => removeFolder(folder);
}

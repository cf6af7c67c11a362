/** The login that was made before all tests; see signed-in.setup.ts. Drills go without. */
import { join } from "node:path";

export const SIGNED_IN = "TEST_SIGNED_IN";

/** A session belongs to one machine. */
export const FIRST_MACHINE = "machine-a";

export const signedInFolder = (folder: string) => ({
  /** What the data centres keep. */
  state: join(folder, "state.json"),
  /** What the machine keeps, in the file "session". */
  machine: join(folder, "machine"),
});

export function signedIn(): ReturnType<typeof signedInFolder> | null {
  const folder = process.env[SIGNED_IN];
  return folder ? signedInFolder(folder) : null;
}

import { hostname } from "node:os";
import { dirname, resolve } from "node:path";

/** What a session made here says of where it belongs; `name` is MACHINE_NAME. */
export const machineMark = (name: string, sessionFile: string) => ({
  name,
  host: hostname(),
  folder: resolve(dirname(sessionFile)),
});

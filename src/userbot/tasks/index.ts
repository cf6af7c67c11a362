import type { Tasks } from "../task.ts";
import { chats } from "./chats.ts";
import { download } from "./download.ts";
import { plan } from "./plan.ts";
import { resolve } from "./resolve.ts";
import { scan } from "./scan.ts";

/** Every task there is; one that is missing does not compile. */
export const tasks: Tasks = { chats, resolve, plan, scan, download };

/**
 * Every method of every repository, called as the program calls it. The type holds the list to be whole: a new method does
 * not compile until it has its place here.
 */
import type { Tour } from "./about.ts";
import { DELETIONS } from "./deletions.ts";
import { JOBS } from "./jobs.ts";
import { MESSAGES } from "./messages.ts";
import { QUESTIONS } from "./questions.ts";

export { type Calls, TOUR_CHAT, type Visit } from "./about.ts";
export const TOUR: Tour = { ...MESSAGES, ...JOBS, ...QUESTIONS, ...DELETIONS };

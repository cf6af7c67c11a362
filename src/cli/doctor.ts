/** `npm run doctor`: looks at everything the program needs, one line each, with the cure where something is wrong. */
import { exit } from "node:process";
import { examine } from "./examine.ts";

const marks = { good: "✅", warning: "⚠️ ", bad: "❌" } as const;
let bad = 0;
let warnings = 0;
for await (const { subject, state, says } of examine()) {
  if (state === "bad") bad++;
  if (state === "warning") warnings++;
  console.log(`${marks[state]} ${subject}: ${says}`);
}
console.log(bad === 0 && warnings === 0 ? "Everything is in order." : `${bad} to mend, ${warnings} to know about.`);
exit(bad === 0 ? 0 : 1);

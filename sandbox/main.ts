import { startSandbox } from "./sandbox.ts";
import { readSettings } from "./settings.ts";

/** Starts a local Telegram and prints one line of JSON when it can be used. Ends at once on a signal. */
async function main(): Promise<void> {
  const stop = () => process.exit(0);
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  const sandbox = await startSandbox(readSettings(process.argv.slice(2), process.env), stop);
  process.stdout.write(`${JSON.stringify(sandbox.ready)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

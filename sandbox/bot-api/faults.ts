import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../world/types.ts";
import { Refusal, tooManyRequests } from "./refusal.ts";

/** What is left to do with a call after a fault has had its way. */
export type Outcome = "go-on" | "lose-answer" | "over";

/** Carries out a fault on order before a call is made. */
export async function strike(fault: Fault | null, response: ServerResponse, signal: AbortSignal): Promise<Outcome> {
  if (!fault) return "go-on";
  const { args } = fault;
  switch (fault.kind) {
    case "too-many-requests":
    case "flood-wait":
      throw tooManyRequests(args.seconds ?? 5);
    case "error":
      throw new Refusal(args.code ?? 400, args.message ?? "Bad Request: fault on order");
    case "bad-gateway":
      response.writeHead(502, { "content-type": "text/html" });
      response.end("<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>");
      return "over";
    case "timeout":
      response.writeHead(504, { "content-type": "text/html" });
      response.end("<html><head><title>504 Gateway Time-out</title></head><body>504 Gateway Time-out</body></html>");
      return "over";
    case "reset":
    case "cut":
      response.socket?.resetAndDestroy();
      return "over";
    case "stall":
      return (await silence(args.ms ?? 0, signal)) ? "go-on" : "over";
    case "lose-answer":
      return "lose-answer";
    default:
      return "go-on";
  }
}

/** Says nothing for a time, or for ever; true when the caller is still there to be answered. */
async function silence(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms === 0) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    return false;
  }
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

import { share } from "./world/random.ts";
import type { Fault, FaultCall, FaultOrder, Faults } from "./world/types.ts";

/** Faults on order. The registry decides whom one strikes; the doors carry it out. */
export class FaultRegistry implements Faults {
  #faults: Fault[] = [];
  #ids = 0;
  /** Matching calls seen, by fault. */
  #seen = new Map<string, number>();
  #now: () => number;

  constructor(nowMs: () => number) {
    this.#now = nowMs;
  }

  add(order: FaultOrder): Fault {
    const fault: Fault = {
      method: "*",
      args: {},
      after: 0,
      count: 1,
      rate: 1,
      session: null,
      dcId: null,
      match: null,
      until: null,
      ...order,
      id: `f${++this.#ids}`,
      struck: 0,
    };
    this.#faults.push(fault);
    return { ...fault };
  }

  next(call: FaultCall): Fault | null {
    if (this.#faults.length === 0) return null;
    for (const fault of this.#faults) if (this.#strikes(fault, call)) return { ...fault };
    return null;
  }

  #strikes(fault: Fault, call: FaultCall): boolean {
    if (!this.#concerns(fault, call)) return false;
    const seen = (this.#seen.get(fault.id) ?? 0) + 1;
    this.#seen.set(fault.id, seen);
    if (seen <= fault.after) return false;
    if (fault.count !== null && fault.struck >= fault.count) return false;
    if (fault.rate < 1 && share(fault.id.length, seen, Number(fault.id.slice(1))) >= fault.rate) return false;
    fault.struck++;
    return true;
  }

  #concerns(fault: Fault, call: FaultCall): boolean {
    if (fault.door !== call.door) return false;
    if (fault.until !== null && this.#now() >= fault.until) return false;
    if (fault.method !== "*" && fault.method.toLowerCase() !== call.method.toLowerCase()) return false;
    if (fault.session !== null && fault.session !== call.session) return false;
    if (fault.dcId !== null && fault.dcId !== call.dcId) return false;
    return fault.match === null || (call.params?.() ?? "").includes(fault.match);
  }

  remove(id: string): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    this.#seen.delete(id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
    this.#seen.clear();
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }
}

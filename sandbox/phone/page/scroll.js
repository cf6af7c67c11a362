import { byId } from "./dom.js";

const NEAR = 60;

/** Keeps the newest message in sight, whatever loads or opens, unless the reader has gone up. */
export class Scroll {
  #log = byId("log");
  #jump = byId("jump");
  #count = byId("jump-count");
  #lastTop = 0;
  #missed = 0;
  isStuck = true;

  constructor() {
    this.#log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#log.addEventListener("load", () => this.stick(), { capture: true });
    this.#jump.addEventListener("click", () => this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: "smooth" }));
    new ResizeObserver(() => this.stick()).observe(this.#log);
  }

  isAtEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
  }

  toEnd() {
    this.isStuck = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.drawJump();
  }

  stick() {
    if (this.isStuck) requestAnimationFrame(() => this.toEnd());
  }

  /** Something came while the reader is further up. */
  miss() {
    if (!this.isAtEnd()) this.#missed++;
    this.drawJump();
  }

  /** Runs what puts messages on top, and leaves the reader where they were. */
  keepPlace(change) {
    const height = this.#log.scrollHeight;
    change();
    this.#log.scrollTop += this.#log.scrollHeight - height;
  }

  drawJump() {
    const atEnd = this.isAtEnd();
    if (atEnd) this.#missed = 0;
    this.#jump.hidden = atEnd;
    this.#count.hidden = this.#missed === 0;
    this.#count.textContent = String(this.#missed);
  }

  #scrolled() {
    const top = this.#log.scrollTop;
    if (this.isAtEnd()) this.isStuck = true;
    else if (top < this.#lastTop - 2) this.isStuck = false;
    this.#lastTop = top;
    this.drawJump();
  }
}

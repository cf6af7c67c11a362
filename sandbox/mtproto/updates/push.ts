import { schemaOf } from "../../tl/schema.ts";
import type { TlObject } from "../../tl/value.ts";
import { TlWriter } from "../../tl/writer.ts";
import type { Backend } from "../backend.ts";
import type { Session } from "../session/session.ts";
import { wrapUpdate } from "./shape-update.ts";

/** Writes an object in the session's layer and sends it as a push. */
export function pushTo(session: Session, object: TlObject): void {
  const body = new TlWriter(schemaOf(session.key.layer)).object(object).result();
  session.send(body, true, "push");
}

/** The session hears from now on what happens to its account, if it wants to and is signed in. */
export function heedUpdates(backend: Backend, session: Session): void {
  const accountId = session.key.login?.accountId ?? null;
  if (!session.wantsUpdates || accountId === null) {
    session.stopUpdates?.();
    session.stopUpdates = null;
    return;
  }
  if (session.stopUpdates) return;
  const view = backend.world.as(accountId);
  session.stopUpdates = view.subscribe((update) => {
    // A session without a connection asks for the difference when it comes back.
    if (!session.connection || session.quiet) return;
    try {
      const shaped = wrapUpdate(backend.world, view, update);
      if (shaped) pushTo(session, shaped);
    } catch (error) {
      backend.report(`push of ${update.type}`, error);
    }
  });
}

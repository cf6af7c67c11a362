/** The thread that opens large packets; see decrypter.ts. */
import { parentPort } from "node:worker_threads";
import { decryptPacket } from "./cipher.mjs";

parentPort.on("message", ({ id, authKey, packet }) => {
  const plain = decryptPacket(Buffer.from(authKey), Buffer.from(packet.buffer, packet.byteOffset, packet.length));
  if (!plain) {
    parentPort.postMessage({ id, plain: null });
    return;
  }
  // Memory of its own is handed over, not copied.
  const own = plain.byteLength === plain.buffer.byteLength ? plain : Uint8Array.from(plain);
  parentPort.postMessage({ id, plain: own }, [own.buffer]);
});
parentPort.postMessage("ready");

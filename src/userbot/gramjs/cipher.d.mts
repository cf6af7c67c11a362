/** What stands in an encrypted packet; null where it does not fit its message key, and so proves nothing. */
export function decryptPacket(authKey: Buffer, packet: Buffer): Buffer | null;

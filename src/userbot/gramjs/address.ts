/** Where the data centres are: the setting, what help.getConfig told, or Telegram's published entry points. */
import type { Api } from "telegram/tl/index.js";

export interface DcAddress {
  host: string;
  port: number;
}

/** Entry points that have been the same for years; the first answer of help.getConfig replaces them. */
const TELEGRAM: Record<number, DcAddress> = {
  1: { host: "149.154.175.53", port: 443 },
  2: { host: "149.154.167.51", port: 443 },
  3: { host: "149.154.175.100", port: 443 },
  4: { host: "149.154.167.91", port: 443 },
  5: { host: "91.108.56.130", port: 443 },
};
const TELEGRAM_TEST: Record<number, DcAddress> = {
  1: { host: "149.154.175.10", port: 443 },
  2: { host: "149.154.167.40", port: 443 },
  3: { host: "149.154.175.117", port: 443 },
};
const FIRST_DC = 2;

export interface DcSetting {
  id: number;
  host: string;
  port: number;
}

export class AddressBook {
  readonly #known = new Map<number, DcAddress>();
  readonly firstDc: number;

  constructor(setting: DcSetting | null, test: boolean) {
    this.firstDc = setting?.id ?? FIRST_DC;
    if (setting) this.#known.set(setting.id, { host: setting.host, port: setting.port });
    else
      for (const [id, address] of Object.entries(test ? TELEGRAM_TEST : TELEGRAM)) this.#known.set(Number(id), address);
  }

  get(dcId: number): DcAddress | null {
    return this.#known.get(dcId) ?? null;
  }

  /** Learns from help.getConfig. IPv6, CDN, media-only and secret-only entries are not for plain calls. */
  learn(options: readonly Api.TypeDcOption[]): void {
    const fresh = new Map<number, DcAddress>();
    for (const { id, ipAddress, port, ipv6, cdn, mediaOnly, tcpoOnly } of options) {
      if (ipv6 || cdn || mediaOnly || tcpoOnly || fresh.has(id)) continue;
      fresh.set(id, { host: ipAddress, port });
    }
    for (const [id, address] of fresh) this.#known.set(id, address);
  }
}

import { describe, expect, it } from "vitest";
import { ConfigError, type Environment, loadConfig, type Machine } from "../../src/config.ts";
import type { Role } from "../../src/setting-rules.ts";

const TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";
const HASH = "0123456789abcdef0123456789abcdef";
const PEM = "-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA\n-----END RSA PUBLIC KEY-----";
const COMPLETE: Environment = { BOT_TOKEN: TOKEN, API_ID: "12345", API_HASH: HASH };

const machine = (files: Record<string, string> = {}): Machine => ({
  hostname: "attic",
  cwd: "/srv/telegram",
  readFile(path) {
    const text = files[path];
    if (text === undefined) throw new Error("ENOENT");
    return text;
  },
});
const load = (env: Environment, only?: Role[]) => loadConfig({ ...COMPLETE, ...env }, machine(), only);

function faultsOf(env: Environment, only?: Role[]): string[] {
  try {
    loadConfig(env, machine(), only);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe("loadConfig", () => {
  it("fills in what may be left out", () => {
    expect(load({})).toEqual({
      roles: ["bot", "worker"],
      hostname: "attic",
      dataDir: "/srv/telegram/data",
      downloadDir: "/srv/telegram/data/downloads",
      databaseUrl: null,
      keepLogsDays: null,
      log: { level: "info", format: "auto" },
      bot: { botToken: TOKEN, ownerId: null, botApiRoot: "https://api.telegram.org" },
      account: {
        apiId: 12345,
        apiHash: HASH,
        sessionFile: "/srv/telegram/data/session",
        sessionKey: null,
        dc: null,
        serverKeys: [],
        test: false,
      },
      secrets: [TOKEN, HASH],
    });
  });

  it("takes an empty value for none", () => {
    expect(load({ OWNER_ID: "", DATABASE_URL: "  ", LOG_LEVEL: "" })).toEqual(load({}));
  });

  it("names all faults at once, each with its cure", () => {
    const faults = faultsOf({ OWNER_ID: "me", API_ID: "x", ROLES: "cook", LOG_LEVEL: "loud", TELEGRAM_DC: "nowhere" });
    expect(faults).toHaveLength(7);
    for (const name of ["BOT_TOKEN", "OWNER_ID", "API_ID", "API_HASH", "ROLES", "LOG_LEVEL", "TELEGRAM_DC"]) {
      expect(faults.filter((fault) => fault.startsWith(`${name} `))).toHaveLength(1);
    }
  });

  it.each([
    ["BOT_TOKEN", "not-a-token-but-secret"],
    ["API_HASH", "deadbeef-secret"],
    ["DATABASE_URL", "postgres://root:hunter2secret@db/x"],
    ["SESSION_KEY", "short-secret"],
  ])("does not repeat the value of a wrong %s", (name, value) => {
    const faults = faultsOf({ ...COMPLETE, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
    expect(faults[0]).not.toContain("secret");
  });

  it.each([
    ["OWNER_ID", "-5"],
    ["OWNER_ID", "1e3"],
    ["API_ID", "0"],
    ["API_ID", "99999999999999999999"],
    ["DATABASE_URL", "mysql"],
    ["ROLES", ","],
    ["BOT_API_ROOT", "ftp://x"],
    ["TELEGRAM_DC", "2@host:70000"],
    ["TELEGRAM_SERVER_KEY", "/no/such/file"],
    ["TELEGRAM_TEST", "maybe"],
    ["SESSION_KEY_FILE", "/no/such/file"],
    ["LOG_FORMAT", "xml"],
  ])("refuses %s=%s", (name, value) => {
    expect(faultsOf({ ...COMPLETE, [name]: value })).toHaveLength(1);
  });

  it("asks a machine only for what its roles need", () => {
    expect(faultsOf({ ROLES: "worker", API_ID: "1", API_HASH: HASH })).toEqual([]);
    expect(faultsOf({ ROLES: "bot", BOT_TOKEN: TOKEN })).toEqual([]);
    expect(faultsOf({}, [])).toEqual([]);
    expect(load({ ROLES: "worker" }).bot).toBeNull();
    expect(load({ ROLES: "bot" }).account).toBeNull();
    expect(load({}, ["worker"]).roles).toEqual(["worker"]);
  });

  it("reads the address of a data centre, of either kind of internet", () => {
    expect(load({ TELEGRAM_DC: "2@127.0.0.1:4430" }).account?.dc).toEqual({ id: 2, host: "127.0.0.1", port: 4430 });
    expect(load({ TELEGRAM_DC: "4@[::1]:443" }).account?.dc).toEqual({ id: 4, host: "::1", port: 443 });
  });

  it("reads server keys from text, from text in one line, and from a file", () => {
    const key = (value: string, files = {}) =>
      loadConfig({ ...COMPLETE, TELEGRAM_SERVER_KEY: value }, machine(files)).account?.serverKeys;
    expect(key(PEM)).toEqual([PEM]);
    expect(key(PEM.replaceAll("\n", "\\n"))).toEqual([PEM]);
    expect(key("keys.pem", { "/srv/telegram/keys.pem": `${PEM}\n${PEM}\n` })).toEqual([PEM, PEM]);
  });

  it("reads the session key from a file, and wants one place only", () => {
    const env = { ...COMPLETE, SESSION_KEY_FILE: "/run/secrets/key" };
    const config = loadConfig(env, machine({ "/run/secrets/key": "0123456789abcdef\n" }));
    expect(config.account?.sessionKey).toBe("0123456789abcdef");
    expect(config.secrets).toContain("0123456789abcdef");
    expect(faultsOf({ ...env, SESSION_KEY: "0123456789abcdef" })[0]).toContain("both");
  });

  it("counts the database's password among the secrets, as written and as meant", () => {
    const config = load({ DATABASE_URL: "mariadb://me:p%40ssword@db/telegram" });
    expect(config.databaseUrl).toBe("mysql://me:p%40ssword@db/telegram");
    expect(config.secrets).toEqual(expect.arrayContaining(["p%40ssword", "p@ssword"]));
  });
});

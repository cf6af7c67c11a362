import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { expect, it } from "vitest";
import { safeAddress } from "../../../src/archive/html/escape.ts";
import { textHtml } from "../../../src/archive/html/text.ts";
import { writeArchive } from "../../../src/archive/index.ts";
import { archiveOrder, archiveSource, CHAT, HOSTILE } from "../../support/archive-messages.ts";
import { tempFolder } from "../../support/temp.ts";

const quiet = { signal: new AbortController().signal, onMessages: () => {} };

it("writes pages that a validator accepts, a page a month", async () => {
  const folder = join(tempFolder(), "a");
  await writeArchive(folder, archiveOrder("html"), archiveSource(1_200), quiet);
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  expect(pages).toEqual(["2021-11.html", "2021-12.html", "2022-01.html", "index.html"]);
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "no-implicit-button-type": "error" },
  });
  for (const page of pages) {
    const report = await validator.validateString(readFileSync(join(folder, page), "utf8"), page);
    expect(
      report.results
        .flatMap(({ messages }) => messages.map((one) => `${page}:${one.line}: ${one.message} (${one.ruleId})`))
        .slice(0, 5),
    ).toEqual([]);
  }
});

it("lets nobody's words become a tag, an attribute or an address that runs", async () => {
  const folder = join(tempFolder(), "a");
  await writeArchive(folder, archiveOrder("html"), archiveSource(900), quiet);
  for (const page of readdirSync(folder).filter((name) => name.endsWith(".html"))) {
    const html = readFileSync(join(folder, page), "utf8");
    expect(html.match(/<script\b/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(?:svg|img src=x|iframe|object|embed|base|form)\b/i);
    expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=/i);
    expect(html).not.toMatch(/(?:href|src)\s*=\s*"\s*(?:javascript|data|vbscript|file):/i);
    expect(html).not.toMatch(/\0/);
  }
});

it("goes on with a further page where a month is full, and finds answered messages there", async () => {
  const folder = join(tempFolder(), "a");
  await writeArchive(folder, archiveOrder("html"), archiveSource(5_000, { step: 60_000 }), quiet);
  expect(readdirSync(folder).filter((name) => name.endsWith(".html"))).toEqual([
    "2021-11.html",
    "2021-12-2.html",
    "2021-12-3.html",
    "2021-12.html",
    "index.html",
  ]);
  const ids = new Map<string, Set<string>>();
  const links: [string, string][] = [];
  for (const page of readdirSync(folder).filter((name) => name.startsWith("2021"))) {
    const html = readFileSync(join(folder, page), "utf8");
    ids.set(page, new Set([...html.matchAll(/ id="(m\d+)"/g)].map(([, id]) => id!)));
    links.push(
      ...[...html.matchAll(/class="quoted"><a href="([^"#]+)#(m\d+)"/g)].map((match): [string, string] => [
        match[1]!,
        match[2]!,
      ]),
    );
  }
  expect(links.length).toBeGreaterThan(500);
  for (const [page, id] of links) expect(ids.get(page)?.has(id), `${page}#${id}`).toBe(true);
});

it("gives each chat of a whole account a folder of its own", async () => {
  const folder = join(tempFolder(), "a");
  const chats = [CHAT, { ...CHAT, chatId: 42, title: HOSTILE[17]! }];
  await writeArchive(folder, archiveOrder("html", { all: true, chats }), archiveSource(50), quiet);
  expect(readdirSync(folder).sort()).toEqual(["chats", "index.html", "manifest.json"]);
  expect(readdirSync(join(folder, "chats")).sort()).toEqual(["-1001500000137", "42"]);
});

it("opens only addresses that lead to the web", () => {
  for (const bad of [
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "//evil",
    "vbscript:x",
  ])
    expect(safeAddress(bad)).toBeNull();
  expect(safeAddress("example.org/x")).toBe("https://example.org/x");
  expect(safeAddress("https://example.org")).toBe("https://example.org");
});

it("takes ten thousand marks over each other in a moment, and keeps the text", () => {
  const entities = Array.from({ length: 10_000 }, (_, index) => ({
    type: "bold" as const,
    offset: index % 4000,
    length: 90,
  }));
  const began = performance.now();
  const html = textHtml("<".repeat(4096), entities);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(html.replaceAll(/<\/?b>/g, "").replaceAll("&lt;", "<")).toBe("<".repeat(4096));
});

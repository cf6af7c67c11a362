/** Writes .env: the text of .env.example with the owner's answers in their places. */
import { renameSync, writeFileSync } from "node:fs";

export type Answers = Readonly<Record<string, string>>;

/** Each answer stands where the template names its setting; one that the template does not know comes last. */
export function fillEnv(template: string, answers: Answers): string {
  const left = new Map(Object.entries(answers));
  const lines = template.split("\n").map((line) => {
    const name = /^#?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
    const answer = name === undefined ? undefined : left.get(name);
    if (name === undefined || answer === undefined) return line;
    left.delete(name);
    return `${name}=${quoted(answer)}`;
  });
  const rest = [...left].map(([name, answer]) => `${name}=${quoted(answer)}`);
  return `${[lines.join("\n").trimEnd(), ...rest].join("\n")}\n`;
}

/** Whole or not at all, and readable by its owner alone from the first byte. */
export function writeSecretFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
  renameSync(draft, path);
}

/** Node's reader of .env knows three quotes and no escape for them; only double quotes change what is inside. */
function quoted(value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value;
  const quote = ["'", "`", '"'].find((mark) => !value.includes(mark));
  if (quote === undefined) throw new Error("A setting cannot hold all three kinds of quotes.");
  return `${quote}${value}${quote}`;
}

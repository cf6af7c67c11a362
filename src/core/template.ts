/** The template of file names: what may stand in it. */
import { didYouMean } from "./did-you-mean.ts";
import { UserError } from "./errors.ts";

export const PLACEHOLDERS = [
  "chat",
  "chat_id",
  "type",
  "date",
  "time",
  "year",
  "month",
  "day",
  "id",
  "name",
  "ext",
  "sender",
  "topic",
  "album",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** The placeholders a template uses, unknown ones left away. */
export function placeholdersOf(template: string): Placeholder[] {
  const names = [...template.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name);
  return PLACEHOLDERS.filter((placeholder) => names.includes(placeholder));
}

const EXAMPLE = "{chat}/{date}_{time}_{name}";
const LONGEST = 200;
const DEEPEST = 8;

/** The template, tidied; a UserError says what is wrong with it. */
export function checkTemplate(text: string): string {
  const template = text.trim();
  if (template === "") throw new UserError(`A template needs at least {name} or {id}: write it like ${EXAMPLE}.`);
  if (template.length > LONGEST) throw new UserError(`This template is too long: write at most ${LONGEST} characters.`);
  if (template.includes("\\"))
    throw new UserError(`Folders are parted by / on every system: write it like ${EXAMPLE}.`);
  if (/^\/|^[a-z]:|^~/i.test(template)) {
    throw new UserError(
      `Files stay inside the download folder: write the template without ${template.slice(0, 2)} in front.`,
    );
  }
  const steps = template.split("/");
  if (steps.some((step) => step.trim() === "..")) {
    throw new UserError(`Files stay inside the download folder: write the template without “..”.`);
  }
  if (steps.some((step) => step.trim() === "")) {
    throw new UserError(`A folder between two / has no name: write it like ${EXAMPLE}.`);
  }
  if (steps.length > DEEPEST) throw new UserError(`These are too many folders: write at most ${DEEPEST - 1} of them.`);
  checkBraces(template);
  const used = placeholdersOf(steps.at(-1) ?? "");
  if (!used.includes("name") && !used.includes("id")) {
    throw new UserError("Two files would get the same name: put {name} or {id} after the last /.");
  }
  return template;
}

function checkBraces(template: string): void {
  for (const [, name = ""] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (PLACEHOLDERS.some((known) => known === name)) continue;
    const guess = didYouMean(name, PLACEHOLDERS);
    throw new UserError(
      guess
        ? `I don't know {${name}}: did you mean {${guess}}?`
        : `I don't know {${name}}: use ${PLACEHOLDERS.map((known) => `{${known}}`).join(" ")}.`,
    );
  }
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ""))) {
    throw new UserError(`A { or } has no partner: write it like ${EXAMPLE}.`);
  }
}

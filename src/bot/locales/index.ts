import { en } from "./en.ts";

/** A language is a set of texts of the same shape as English. */
export type Texts = typeof en;

const LANGUAGES: Record<string, Texts> = { en };

export const textsOf = (language: string): Texts => LANGUAGES[language] ?? en;
export const languages = (): string[] => Object.keys(LANGUAGES);

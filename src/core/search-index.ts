/**
 * How words are written down for a database's full-text index. Such indexes have ideas of their own of what a word is,
 * which are too short, too common, or how letters compare; so they are given plain Latin letters and digits, one name
 * for each word. What comes out of them is a candidate, judged by search-query.ts.
 */
import type { SearchTerms, Term } from "./search-query.ts";
import { tokensOf } from "./search-words.ts";

/** In front of every name, so that none is a stop word or shorter than three letters. */
const WORD = "qq";
const RUN = "qr";
/** InnoDB leaves out what is longer than 84. */
const LONGEST = 80;
/** Of one text. Nobody writes so many different words in 4096 characters; a file name must not do harm. */
const MOST_NAMES = 4_096;

/** Names of all words of these texts, and of all pairs of neighbours in runs; each once. */
export function indexNames(texts: readonly (string | null)[]): string {
  const names = new Set<string>();
  for (const text of texts)
    for (const token of tokensOf(text ?? "")) {
      if (names.size >= MOST_NAMES) break;
      if (token.isRun) for (const name of pairsOf(token.text, true)) names.add(name);
      else names.add(nameOf(token.text));
    }
  return [...names].join(" ");
}

export interface IndexName {
  name: string;
  /** Any that begins so. */
  prefix: boolean;
}

/** What a message must have in the index to be looked at. */
export interface IndexQuery {
  all: IndexName[];
  /** Whoever has one of these is out for certain. */
  none: string[];
}

export function indexQuery({ wanted, unwanted }: SearchTerms): IndexQuery {
  const all = new Map<string, IndexName>();
  for (const term of wanted) for (const name of namesOf(term)) all.set(`${name.name}${name.prefix ? "*" : ""}`, name);
  const none = unwanted
    .filter(({ parts }) => parts.length === 1 && !parts[0]!.isRun && !parts[0]!.prefix)
    .map(({ parts }) => nameOf(parts[0]!.text))
    // One that was cut may stand for another word.
    .filter((name) => name.length < LONGEST);
  return { all: [...all.values()], none };
}

function namesOf({ parts }: Term): IndexName[] {
  return parts.flatMap(({ text, isRun, prefix }) => {
    if (!isRun) {
      const name = nameOf(text);
      return [{ name, prefix: prefix && name.length < LONGEST }];
    }
    // A lone character is a part of the pair that it begins, or the end of a run.
    if ([...text].length === 1) return [{ name: RUN + encode(text), prefix: true }];
    return pairsOf(text, false).map((name) => ({ name, prefix: false }));
  });
}

const nameOf = (word: string): string => (WORD + encode(word)).slice(0, LONGEST);

function pairsOf(run: string, withEnd: boolean): string[] {
  const characters = [...run];
  const pairs = characters.slice(0, -1).map((first, index) => RUN + encode(first + characters[index + 1]!));
  return withEnd ? [...pairs, RUN + encode(characters.at(-1)!)] : pairs;
}

/** a-w and digits stand for themselves; the alphabets of Europe and the Near East take three letters, others five. */
function encode(word: string): string {
  let name = "";
  for (const character of word) {
    const code = character.codePointAt(0)!;
    if (/^[a-w0-9]$/.test(character)) name += character;
    else if (code >= 0x80 && code < 0x800) {
      const index = code - 0x80;
      name += (index < 1296 ? "x" : "y") + (index % 1296).toString(36).padStart(2, "0");
    } else name += `z${code.toString(36).padStart(4, "0")}`;
  }
  return name;
}

import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Catalogue } from '../../../web/language/t.ts';

const folder = join(import.meta.dirname, '../../../web/language');

/** Each with the file that holds it. */
export const catalogues = (): { language: string; path: string; catalogue: Catalogue }[] =>
  globSync('*.json', { cwd: folder }).map((name) => {
    const path = join(folder, name);
    return { language: basename(name, '.json'), path, catalogue: JSON.parse(readFileSync(path, 'utf8')) };
  });

/** By letters, whatever their case. */
export const inOrder = (texts: Iterable<string>): string[] =>
  [...texts].toSorted((one, other) => order.compare(one, other) || (one < other ? -1 : 1));

const order = new Intl.Collator('en');

/** With what must not part at the end of a line: `E-Mail`, a figure and what it counts, an ellipsis and its word. */
export const keptTogether: Readonly<Record<string, (words: string) => string>> = {
  de: (words) =>
    words
      // Not the hyphen of U+2011: the console's font has none, nor have those of a bare machine.
      .replaceAll('\u2011', '-\u2060')
      .replaceAll('E-Mail', 'E-\u2060Mail')
      .replaceAll(/ (?=…(?![\p{L}{]))/gu, '\u00a0')
      .replaceAll(/ (?=#\.)/g, '\u00a0')
      .replaceAll(/(?<=\b\d+) (?=\p{Lu})/gu, '\u00a0'),
};

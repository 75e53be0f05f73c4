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

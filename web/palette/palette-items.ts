import type { LucideIcon } from 'lucide-react';

export interface PaletteItem {
  id: string;
  label: string;
  /** Beside the label: what it is, or a shortcut. */
  about: string;
  icon: LucideIcon;
  /** Whether the label is code, such as a path. */
  isCode?: true;
  /** Of label and `about`, if it isn't the reader's. */
  lang?: 'en';
  /** Words by which it is found besides those that are shown. */
  otherWords?: string;
  run(): void;
}

/** What leads to an address. */
export type To = (path: string) => () => void;

export interface PaletteGroup {
  title: string;
  items: readonly PaletteItem[];
  /** Shown only to whoever searches: there are too many. */
  onlySearched?: true;
}

const mostItems = 6;

/** What has every word of the query, those whose labels begin with it first. Without a query, what is not too many. */
export function matchingGroups(groups: readonly PaletteGroup[], query: string): PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .filter(({ onlySearched }) => words.length > 0 || onlySearched !== true)
    .map((group) => ({ ...group, items: matchingItems(group.items, words) }))
    .filter(({ items }) => items.length > 0);
}

function matchingItems(items: readonly PaletteItem[], words: readonly string[]): PaletteItem[] {
  const [first = ''] = words;
  const found = items.filter(({ label, about, otherWords = '' }) => {
    const text = `${label} ${about} ${otherWords}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const isNear = ({ label }: PaletteItem) => first !== '' && label.toLowerCase().startsWith(first);
  const near = found.filter(isNear);
  const others = found.filter((item) => !isNear(item));
  return words.length === 0 ? found.slice(0, 10) : [...near, ...others].slice(0, mostItems);
}

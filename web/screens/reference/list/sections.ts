import type { Operation } from '../operations.ts';

export interface Section {
  title: string;
  operations: readonly Operation[];
}

/** Sections by the first word of the path. Any other word gets a section of its own, after these. */
const known: readonly { title: string; words: readonly string[] }[] = [
  { title: 'Models and chat', words: ['chat', 'messages', 'responses', 'embeddings', 'models'] },
  { title: 'Keys and usage', words: ['plans', 'api-keys', 'api-key', 'usage'] },
  { title: 'Accounts', words: ['register', 'login', 'logout', 'password', 'me'] },
  { title: 'Sessions of this console', words: ['session'] },
  { title: 'Administration', words: ['admin'] },
  { title: 'This reference', words: ['openapi.json'] },
];

/** By tag if the document has tags, otherwise by the first word of the path. */
export function sectionsOf(operations: readonly Operation[]): Section[] {
  const byTitle = Map.groupBy(operations, titleOf);
  const titles = [...byTitle.keys()];
  const ordered = known.map(({ title }) => title).filter((title) => byTitle.has(title));
  return [...ordered, ...titles.filter((title) => !ordered.includes(title))].map((title) => ({
    title,
    operations: byTitle.get(title) ?? [],
  }));
}

function titleOf({ tag, path }: Operation): string {
  if (tag !== undefined) return tag;
  const word = path.split('/')[2] ?? '';
  const section = known.find(({ words }) => words.includes(word));
  return section?.title ?? word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ');
}

/** The operations that contain every word of the query and have the access, if one is chosen. */
export function matching(
  operations: readonly Operation[],
  query: string,
  access: Operation['access'] | undefined,
): Operation[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter((operation) => {
    const text = [operation.method, operation.path, operation.id, operation.summary].join(' ').toLowerCase();
    return (
      (access === undefined || operation.access === access) && words.every((word) => text.includes(word))
    );
  });
}

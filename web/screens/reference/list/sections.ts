import { t } from '../../../language/t.ts';
import type { Operation } from '../operations.ts';

export interface Section {
  title: string;
  operations: readonly Operation[];
}

/**
 * Sections by the first word of the path, in order of importance, and in that of their words within. Any other word gets a
 * section of its own, after these.
 */
const known = (): readonly { title: string; words: readonly string[] }[] => [
  { title: t('Chat'), words: ['chat', 'responses', 'messages'] },
  { title: t('Models and embeddings'), words: ['models', 'embeddings'] },
  { title: t('Keys and plans'), words: ['api-keys', 'api-key', 'plans', 'provider-keys'] },
  { title: t('Usage and calls'), words: ['usage', 'requests'] },
  { title: t('One-time messages'), words: ['secrets'] },
  { title: t('Account'), words: ['register', 'login', 'logout', 'password', 'me'] },
  { title: t('Billing'), words: ['billing'] },
  { title: t('Administration'), words: ['admin'] },
  { title: t('This description'), words: ['openapi.json'] },
  { title: t('Sessions of this console'), words: ['session', 'console'] },
];

/** By tag if the document has tags, otherwise by the first word of the path. */
export function sectionsOf(operations: readonly Operation[]): Section[] {
  const sections = known();
  const byTitle = Map.groupBy(operations, (operation) => titleOf(operation, sections));
  const titles = [...byTitle.keys()];
  const ordered = sections.map(({ title }) => title).filter((title) => byTitle.has(title));
  return [...ordered, ...titles.filter((title) => !ordered.includes(title))].map((title) => ({
    title,
    operations: inOrder(byTitle.get(title) ?? [], sections),
  }));
}

const wordOf = ({ path }: Operation): string => path.split('/')[2] ?? '';

function inOrder(operations: readonly Operation[], sections: ReturnType<typeof known>): Operation[] {
  const words = sections.flatMap((section) => section.words);
  return operations.toSorted((one, other) => words.indexOf(wordOf(one)) - words.indexOf(wordOf(other)));
}

function titleOf(operation: Operation, sections: ReturnType<typeof known>): string {
  if (operation.tag !== undefined) return operation.tag;
  const word = wordOf(operation);
  const section = sections.find(({ words }) => words.includes(word));
  return section?.title ?? word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ');
}

export const wordsOf = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

/** The operations that contain every word of the query and have the access, if one is chosen. */
export function matching(
  operations: readonly Operation[],
  query: string,
  access: Operation['access'] | undefined,
): Operation[] {
  const words = wordsOf(query);
  return operations.filter((operation) => {
    const { method, path, id, summary, description = '', body, parameters } = operation;
    const fields = [...Object.keys(body?.schema.properties ?? {}), ...parameters.map(({ name }) => name)];
    const text = [method, path, id, summary, description, ...fields].join(' ').toLowerCase();
    return (
      (access === undefined || operation.access === access) && words.every((word) => text.includes(word))
    );
  });
}

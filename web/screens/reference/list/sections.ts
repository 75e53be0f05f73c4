import { bySection, type SectionId, sections } from '../../../../core/contract/openapi/sections.ts';
import { t } from '../../../language/t.ts';
import type { Operation } from '../operations.ts';

export interface Section {
  title: string;
  operations: readonly Operation[];
}

const headings = (): Readonly<Record<SectionId, string>> => ({
  chat: t('Chat'),
  models: t('Models and embeddings'),
  keys: t('Keys and plans'),
  usage: t('Usage and calls'),
  messages: t('One-time messages'),
  account: t('Account'),
  billing: t('Billing'),
  administration: t('Administration'),
  description: t('This description'),
  sessions: t('Sessions of this console'),
});

/** In the order of the contract, under the reader's words for its tags. */
export function sectionsOf(operations: readonly Operation[]): Section[] {
  const words = headings();
  const byTag = Map.groupBy(operations.toSorted(bySection), ({ tag }) => tag);
  return [...byTag].map(([tag = '', inside]) => {
    const known = sections.find(({ title }) => title === tag);
    return { title: known === undefined ? tag : words[known.id], operations: inside };
  });
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
    const { method, path, id, summary, body, parameters } = operation;
    const fields = [...Object.keys(body?.schema.properties ?? {}), ...parameters.map(({ name }) => name)];
    const text = [method, path, id, summary, ...fields].join(' ').toLowerCase();
    return (
      (access === undefined || operation.access === access) && words.every((word) => text.includes(word))
    );
  });
}

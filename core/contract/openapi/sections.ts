/**
 * The sections in which the API is described, in order of importance, with the first words of the paths in each, in that of
 * theirs. They are the tags of the OpenAPI document, the folders of the collection and the headings of the console's reference.
 */
export const sections = [
  {
    id: 'chat',
    title: 'Chat',
    words: ['chat', 'responses', 'messages'],
    about: 'Ask a model, in OpenAI’s or Anthropic’s format, whole or as a stream.',
  },
  {
    id: 'models',
    title: 'Models and embeddings',
    words: ['models', 'embeddings'],
    about: 'What can be asked, at which price, and vectors of texts.',
  },
  {
    id: 'keys',
    title: 'Keys and plans',
    words: ['api-keys', 'api-key', 'plans', 'provider-keys'],
    about: 'Create, change, rotate and revoke your keys, and keep those of other providers.',
  },
  {
    id: 'usage',
    title: 'Usage and calls',
    words: ['usage', 'requests'],
    about: 'What has been used, and what became of each call.',
  },
  {
    id: 'messages',
    title: 'One-time messages',
    words: ['secrets'],
    about: 'Messages that their link shows once.',
  },
  {
    id: 'account',
    title: 'Account',
    words: ['register', 'login', 'logout', 'password', 'me', 'feedback'],
    about: 'Sign up, log in, and look after your account.',
  },
  {
    id: 'billing',
    title: 'Billing',
    words: ['billing'],
    about: 'Pay for a plan, where the operator sells some.',
  },
  {
    id: 'administration',
    title: 'Administration',
    words: ['admin'],
    about: 'Users, keys and usage of everyone, for admins.',
  },
  {
    id: 'description',
    title: 'This description',
    words: ['openapi.json'],
    about: 'The API, described for machines.',
  },
  {
    id: 'sessions',
    title: 'Sessions of this console',
    words: ['session', 'console'],
    about: 'What only the console’s own pages have a use for.',
  },
] as const;

export type SectionId = (typeof sections)[number]['id'];

const wordOf = (path: string): string => path.split('/')[2] ?? '';

/** @throws Error for a path whose first word is in no section */
export function sectionOf(path: string): (typeof sections)[number] {
  const word = wordOf(path);
  const section = sections.find(({ words }) => (words as readonly string[]).includes(word));
  if (section === undefined)
    throw new Error(`${path} belongs to no section of core/contract/openapi/sections.ts`);
  return section;
}

const words: readonly string[] = sections.flatMap((section) => section.words);

/** Sorts by section, and by word within: for `toSorted`. */
export function bySection({ path: one }: { path: string }, { path: other }: { path: string }): number {
  return words.indexOf(wordOf(one)) - words.indexOf(wordOf(other));
}

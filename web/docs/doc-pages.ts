import type { DocPage } from './doc-page.ts';

export interface DocPageEntry {
  /** In the address, after `/docs`; the overview has none. */
  path: string;
  /** In the repository, below docs/. */
  file: string;
  label: string;
  about: string;
  load: () => Promise<{ default: DocPage }>;
}

/** The pages of the docs that callers need, in the order in which they are read. Loaded one by one. */
export const docPages = [
  {
    path: '/docs',
    file: 'guide/README.md',
    label: 'Overview',
    about: 'What this API is, and where to begin',
    load: () => import('../../docs/guide/README.md?page'),
  },
  {
    path: '/docs/quickstart',
    file: 'guide/quickstart.md',
    label: 'Quickstart',
    about: 'From a key to the first answer',
    load: () => import('../../docs/guide/quickstart.md?page'),
  },
  {
    path: '/docs/clients',
    file: 'guide/clients.md',
    label: 'Clients',
    about: 'Claude Code, Codex, opencode and the SDKs',
    load: () => import('../../docs/guide/clients.md?page'),
  },
  {
    path: '/docs/models',
    file: 'guide/models.md',
    label: 'Choosing a model',
    about: 'What models differ in, and how to ask for it',
    load: () => import('../../docs/guide/models.md?page'),
  },
  {
    path: '/docs/streaming',
    file: 'guide/streaming.md',
    label: 'Streaming',
    about: 'Answers as they are written',
    load: () => import('../../docs/guide/streaming.md?page'),
  },
  {
    path: '/docs/limits',
    file: 'guide/limits.md',
    label: 'Limits',
    about: 'Windows, headers, and what to do on a 429',
    load: () => import('../../docs/guide/limits.md?page'),
  },
  {
    path: '/docs/errors',
    file: 'errors.md',
    label: 'Errors',
    about: 'Every error code, with what to do',
    load: () => import('../../docs/errors.md?page'),
  },
  {
    path: '/docs/keys',
    file: 'keys.md',
    label: 'Keys',
    about: 'Create, rotate, move and revoke keys by calls',
    load: () => import('../../docs/keys.md?page'),
  },
  {
    path: '/docs/migration',
    file: 'guide/migration.md',
    label: 'Migration',
    about: 'Coming from OpenAI, Anthropic or a gateway',
    load: () => import('../../docs/guide/migration.md?page'),
  },
  {
    path: '/docs/compatibility',
    file: 'compatibility.md',
    label: 'Compatibility',
    about: 'What happens to each field of a request',
    load: () => import('../../docs/compatibility.md?page'),
  },
] as const satisfies readonly DocPageEntry[];

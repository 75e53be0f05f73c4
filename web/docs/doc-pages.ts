import { t } from '../language/t.ts';
import type { DocPage } from './doc-page.ts';

export interface DocPageEntry {
  /** In the address, after `/docs`; the overview has none. */
  path: string;
  /** In the repository, below docs/. */
  file: string;
  label: () => string;
  about: () => string;
  load: () => Promise<{ default: DocPage }>;
}

/** The pages of the docs that callers need, in the order in which they are read. Loaded one by one. */
export const docPages = [
  {
    path: '/docs',
    file: 'guide/README.md',
    label: () => t('Overview'),
    about: () => t('What this API is, and where to begin'),
    load: () => import('../../docs/guide/README.md?page'),
  },
  {
    path: '/docs/quickstart',
    file: 'guide/quickstart.md',
    label: () => t('Quickstart'),
    about: () => t('From a key to the first answer'),
    load: () => import('../../docs/guide/quickstart.md?page'),
  },
  {
    path: '/docs/clients',
    file: 'guide/clients.md',
    label: () => t('Clients'),
    about: () => t('Claude Code, Codex, opencode and the SDKs'),
    load: () => import('../../docs/guide/clients.md?page'),
  },
  {
    path: '/docs/models',
    file: 'guide/models.md',
    label: () => t('Choosing a model'),
    about: () => t('What models differ in, and how to ask for it'),
    load: () => import('../../docs/guide/models.md?page'),
  },
  {
    path: '/docs/streaming',
    file: 'guide/streaming.md',
    label: () => t('Streaming'),
    about: () => t('Answers as they are written'),
    load: () => import('../../docs/guide/streaming.md?page'),
  },
  {
    path: '/docs/limits',
    file: 'guide/limits.md',
    label: () => t('Limits'),
    about: () => t('Windows, headers, and what to do on a 429'),
    load: () => import('../../docs/guide/limits.md?page'),
  },
  {
    path: '/docs/errors',
    file: 'errors.md',
    label: () => t('Errors'),
    about: () => t('Every error code, with what to do'),
    load: () => import('../../docs/errors.md?page'),
  },
  {
    path: '/docs/keys',
    file: 'keys.md',
    label: () => t('Keys'),
    about: () => t('Create, rotate, move and revoke keys by calls'),
    load: () => import('../../docs/keys.md?page'),
  },
  {
    path: '/docs/migration',
    file: 'guide/migration.md',
    label: () => t('Migration'),
    about: () => t('Coming from OpenAI, Anthropic or a gateway'),
    load: () => import('../../docs/guide/migration.md?page'),
  },
  {
    path: '/docs/compatibility',
    file: 'compatibility.md',
    label: () => t('Compatibility'),
    about: () => t('What happens to each field of a request'),
    load: () => import('../../docs/compatibility.md?page'),
  },
] as const satisfies readonly DocPageEntry[];

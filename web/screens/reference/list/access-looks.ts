import type { BadgeTone } from '../../../parts/badge.tsx';
import type { Access } from '../operations.ts';

interface AccessLook {
  label: string;
  tone: BadgeTone;
  words: string;
}

export const accessLooks: Readonly<Record<Access, AccessLook>> = {
  public: { label: 'Public', tone: 'neutral', words: 'Anyone can call it.' },
  login: {
    label: 'Login',
    tone: 'accent',
    words: 'Needs a login token, sent as `Authorization: Bearer`.',
  },
  admin: {
    label: 'Admin',
    tone: 'danger',
    words: 'Needs the login token of an admin, sent as `Authorization: Bearer`.',
  },
  session: {
    label: 'Session',
    tone: 'warning',
    words: 'Needs the session cookie of this console, which your browser sends for you.',
  },
  key: {
    label: 'API key',
    tone: 'success',
    words: 'Needs an API key, sent as `x-api-key` or `Authorization: Bearer`.',
  },
};

export const accesses: readonly Access[] = ['public', 'login', 'admin', 'key', 'session'];

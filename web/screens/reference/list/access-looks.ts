import { t } from '../../../language/t.ts';
import type { BadgeTone } from '../../../parts/badge.tsx';
import type { Access } from '../operations.ts';

interface AccessLook {
  label: string;
  tone: BadgeTone;
  words: string;
}

export const accessLooks = (): Readonly<Record<Access, AccessLook>> => ({
  public: { label: t('Public'), tone: 'neutral', words: t('Anyone can call it.') },
  login: {
    label: t('Login'),
    tone: 'accent',
    words: t('Needs a login token, sent as `Authorization: Bearer`.'),
  },
  admin: {
    label: t('Admin'),
    tone: 'danger',
    words: t('Needs the login token of an admin, sent as `Authorization: Bearer`.'),
  },
  session: {
    label: t('Session'),
    tone: 'warning',
    words: t('Needs the session cookie of this console, which your browser sends for you.'),
  },
  key: {
    label: t('API key'),
    tone: 'success',
    words: t('Needs an API key, sent as `x-api-key` or `Authorization: Bearer`.'),
  },
});

export const accesses: readonly Access[] = ['public', 'login', 'admin', 'key', 'session'];

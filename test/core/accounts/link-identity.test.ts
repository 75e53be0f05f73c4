import { type LinkPorts, linkIdentity } from '../../../core/accounts/link-identity.ts';
import type { DirectoryUser } from '../../../core/admin/ports.ts';

const logIn = {
  passwords: 'on' as const,
  authenticator: 'off' as const,
  passkeys: 'off' as const,
  providers: [
    { name: 'acme', label: 'Acme', domains: ['acme.example'] },
    { name: 'partner', label: 'Partner', domains: [] },
  ],
};
const open = { confirmation: 'email' as const, allowedDomains: [] };

type Known = DirectoryUser & { isOfProvider: boolean };

const user = (fields: Partial<Known> = {}): Known => ({
  userId: 'known',
  email: 'ada@example.com',
  emailVerified: true,
  state: 'confirmed',
  isEnabled: true,
  createdAt: 0,
  isOfProvider: false,
  ...fields,
});

function portsWith(known?: Known, made: Partial<Known> | undefined = { userId: 'new', state: 'invited' }) {
  const done: string[] = [];
  const ports: LinkPorts = {
    findByEmail: async () => known,
    createOfProvider: async () => {
      done.push('create');
      return made === undefined ? undefined : user(made);
    },
    makeUsable: async (userId) => void done.push(`usable ${userId}`),
    deleteUser: async (userId) => void done.push(`delete ${userId}`),
    link: async (userId, { provider, subject }) => void done.push(`link ${userId} ${provider} ${subject}`),
  };
  return { ports, done };
}

const identity = { provider: 'partner', subject: 'S1', email: 'ada@example.com', emailVerified: true };

test('an address without an account gets one, with a password that nobody knows, and the link last', async () => {
  const { ports, done } = portsWith();
  await linkIdentity(ports, { logIn, signUp: open }, identity);
  expect(done).toEqual(['create', 'usable new', 'link new partner S1']);
});

test.each([
  ['confirmed by mail', user(), open],
  ['an admin’s, not used yet', user({ state: 'invited' }), open],
  [
    'an admin’s, where others are not confirmed',
    user({ state: 'invited' }),
    { ...open, confirmation: 'off' as const },
  ],
  [
    'of a provider, where others are not confirmed',
    user({ isOfProvider: true }),
    { ...open, confirmation: 'off' as const },
  ],
])('an account %s is linked', async (_what, known, signUp) => {
  const { ports, done } = portsWith(known);
  await linkIdentity(ports, { logIn, signUp }, identity);
  expect(done.at(-1)).toBe('link known partner S1');
  expect(done).not.toContain('create');
});

test.each([
  ['is not verified', user({ emailVerified: false }), open],
  ['is not verified any more at its provider', user({ emailVerified: false, isOfProvider: true }), open],
  ['was never proven, since nobody’s is', user(), { ...open, confirmation: 'off' as const }],
])('an account whose address %s is not', async (_what, known, signUp) => {
  const { ports, done } = portsWith(known);
  await expect(linkIdentity(ports, { logIn, signUp }, identity)).rejects.toMatchObject({
    code: 'email_taken',
  });
  expect(done).toEqual([]);
});

test('an account that was never confirmed is deleted first, with the password that somebody chose', async () => {
  const { ports, done } = portsWith(user({ state: 'unconfirmed', emailVerified: false }));
  await linkIdentity(ports, { logIn, signUp: open }, identity);
  expect(done).toEqual(['delete known', 'create', 'usable new', 'link new partner S1']);
});

test('when somebody else gets the address in between, nothing is linked', async () => {
  const { ports, done } = portsWith(undefined, undefined);
  ports.createOfProvider = async () => undefined;
  await expect(linkIdentity(ports, { logIn, signUp: open }, identity)).rejects.toMatchObject({
    code: 'email_taken',
  });
  expect(done).toEqual([]);
});

test.each([
  ['email_not_confirmed', { emailVerified: false }, open],
  ['provider_login_required', { email: 'ada@acme.example' }, open],
  ['domain_not_allowed', {}, { ...open, allowedDomains: ['acme.example'] }],
])('%s: the directory is not even asked', async (code, fields, signUp) => {
  const { ports, done } = portsWith(user());
  const linking = linkIdentity(ports, { logIn, signUp }, { ...identity, ...fields });
  await expect(linking).rejects.toMatchObject({ code });
  expect(done).toEqual([]);
});

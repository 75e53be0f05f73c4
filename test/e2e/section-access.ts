import type { RouteContract, RouteSection } from '../../core/contract/route-contract.ts';
import { routes } from '../../core/contract/routes.ts';
import { addPerson, call, createKey, type Person } from './client.ts';
import { makeAdmin } from './make-admin.ts';
import type { RunningRuntime } from './runtime.ts';

/** The suite whose settings have the section, and which says who may call its routes. */
export const suiteOf: Record<RouteSection, string> = {
  billing: 'other-settings.test.ts',
  'logIn.providers': 'federation.test.ts',
  'logIn.authenticator': 'authenticator.test.ts',
  'logIn.passkeys': 'authenticator.test.ts',
};

const callers = ['nobody', 'key', 'suspended', 'user', 'admin'] as const;
type Caller = (typeof callers)[number];

/** Bodies that get as far as the question of who calls; the others are refused for what they lack, whoever sends them. */
const bodies: Record<string, (person: Person | undefined) => unknown> = {
  'POST /v1/billing/checkout': () => ({ plan: 'pro' }),
  'POST /v1/me/authenticator': (person) => ({ password: person?.password ?? 'none' }),
  'POST /v1/me/authenticator/confirm': (person) => ({ password: person?.password ?? 'none', code: '000000' }),
  'POST /v1/me/authenticator/remove': (person) => ({ password: person?.password ?? 'none', code: '000000' }),
};

/** Whoever is suspended may still end what they pay for, which here is nothing. */
const suspendedOutcomes: Record<string, string> = { 'POST /v1/billing/portal': '404 not_found' };

/** Who may call the routes of these sections, in a suite that has them in its settings. */
export function describeAccess(runtime: () => RunningRuntime, sections: readonly RouteSection[]): void {
  const found = Object.values<RouteContract>(routes)
    .filter(({ onlyWhere }) => onlyWhere !== undefined && sections.includes(onlyWhere))
    .map((route) => ({ ...route, name: `${route.method.toUpperCase()} ${route.path}` }));
  let people: Record<'suspended' | 'user' | 'admin', Person>;
  let key: string;

  async function cast(): Promise<void> {
    const [user, suspended] = [await addPerson(runtime()), await addPerson(runtime())];
    const admin = await makeAdmin(runtime(), await addPerson(runtime()));
    key = (await createKey(runtime(), user.token, { plan: '20-per-day' })).key;
    const { id } = (await call(runtime().edge, '/v1/me', { token: suspended.token })).body;
    const body = { suspended: true };
    await call(runtime().edge, `/v1/admin/users/${id}`, { method: 'PATCH', token: admin.token, body });
    people = { user, suspended, admin };
  }

  async function outcomeOf({ name, method, path }: (typeof found)[number], caller: Caller) {
    const person = caller === 'nobody' || caller === 'key' ? undefined : people[caller];
    const takesBody = method !== 'get' && method !== 'delete';
    // Not by `call`, which follows a redirect: where it leads isn't the route's answer.
    const answer = await fetch(`${runtime().edge}${path.replace(/\{\w+\}/, 'none-such')}`, {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: {
        ...(person !== undefined && { authorization: `Bearer ${person.token}` }),
        ...(caller === 'key' && { 'x-api-key': key }),
        ...(takesBody && { 'content-type': 'application/json' }),
      },
      ...(takesBody && { body: JSON.stringify(bodies[name]?.(person) ?? {}) }),
    });
    const text = await answer.text();
    const code = text.startsWith('{') ? JSON.parse(text).error?.code : undefined;
    return [answer.status, code].filter((part) => part !== undefined).join(' ');
  }

  describe(`the routes of ${sections.join(' and ')}`, () => {
    beforeAll(cast);

    test('are there', () => expect(found.length).toBeGreaterThan(0));

    test.each(found)('$name is answered to whom it is for, and to nobody else', async (route) => {
      const outcomes: string[] = [];
      for (const caller of callers) outcomes.push(await outcomeOf(route, caller));
      const [nobody, byKey, suspended, user, admin] = outcomes;
      if (route.access === 'login') {
        expect([nobody, byKey, suspended]).toEqual([
          '401 unauthorized',
          '401 unauthorized',
          suspendedOutcomes[route.name] ?? '403 user_suspended',
        ]);
        expect([user, admin].map((one) => one?.slice(0, 3))).not.toContain('401');
        expect([user, admin].map((one) => one?.slice(0, 3))).not.toContain('403');
        return;
      }
      // Neither a login nor a key makes a difference: what counts is a cookie, a signature or a state of its own.
      expect(['public', 'session']).toContain(route.access);
      expect(new Set(outcomes).size).toBe(1);
    });
  });
}

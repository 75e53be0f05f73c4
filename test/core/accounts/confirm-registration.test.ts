import fc from 'fast-check';
import { confirmRegistration } from '../../../core/accounts/confirm-registration.ts';
import { register } from '../../../core/accounts/register.ts';
import { signUpPorts } from './sign-up-ports.ts';

const policy = { confirmation: 'email' as const, allowedDomains: [] };
const email = 'ada@example.com';
type Ports = ReturnType<typeof signUpPorts>;

async function signUp(ports: Ports, password: string) {
  const answer = await register(ports, policy, { email, password });
  if (!('registration' in answer)) throw new Error('no registration');
  return { password, registration: answer.registration, code: ports.newestCode() };
}
const passwordOf = (name: string) => `Aa1aaaaaaaaa${name}`;
const changed = { code: 'registration_changed', status: 409, param: 'registration' };
const invalid = { code: 'invalid_code', status: 400 };

test('one sign-up is confirmed with or without its registration', async () => {
  for (const withIt of [true, false]) {
    const ports = signUpPorts();
    const { code, registration } = await signUp(ports, passwordOf('a'));
    await confirmRegistration(ports, { email, code, ...(withIt && { registration }) });
    expect(ports.confirmed.get(email)).toBe(passwordOf('a'));
  }
});

test('of two sign-ups, none is confirmed without a registration, whatever the code', async () => {
  const ports = signUpPorts();
  const codes = [(await signUp(ports, passwordOf('a'))).code, (await signUp(ports, passwordOf('b'))).code];
  for (const code of codes) {
    await expect(confirmRegistration(ports, { email, code })).rejects.toMatchObject(changed);
  }
});

test('of two sign-ups, the earlier registration confirms nothing, not even with the later code', async () => {
  const ports = signUpPorts();
  const [first, second] = [await signUp(ports, passwordOf('a')), await signUp(ports, passwordOf('b'))];
  for (const { code } of [first, second]) {
    const confirm = confirmRegistration(ports, { email, code, registration: first.registration });
    await expect(confirm).rejects.toMatchObject(changed);
  }
  await confirmRegistration(ports, { email, code: second.code, registration: second.registration });
  expect(ports.confirmed.get(email)).toBe(second.password);
});

test('an address never signed up, and one with an account, get the answer to a wrong code', async () => {
  const ports = signUpPorts();
  await expect(confirmRegistration(ports, { email, code: '1' })).rejects.toMatchObject(invalid);
  const { code } = await signUp(ports, passwordOf('a'));
  await confirmRegistration(ports, { email, code });
  await expect(confirmRegistration(ports, { email, code })).rejects.toMatchObject(invalid);
});

test('confirming a sign-up of a known address, made once or twice, is answered like any other', async () => {
  const known = signUpPorts({ known: [email] });
  const fresh = signUpPorts();
  for (const ports of [known, fresh]) {
    const { registration } = await signUp(ports, passwordOf('a'));
    await expect(confirmRegistration(ports, { email, code: 'x' })).rejects.toMatchObject(invalid);
    const withIt = confirmRegistration(ports, { email, code: 'x', registration });
    await expect(withIt).rejects.toMatchObject(invalid);
    await signUp(ports, passwordOf('b'));
    await expect(confirmRegistration(ports, { email, code: 'x' })).rejects.toMatchObject(changed);
  }
});

test('wrong codes for unknown addresses are tried on one made-up user, so that they count like any other', async () => {
  const ports = signUpPorts({ known: [email] });
  await signUp(ports, passwordOf('a'));
  for (let guess = 0; guess < 3; guess += 1) {
    await expect(confirmRegistration(ports, { email, code: 'x' })).rejects.toMatchObject(invalid);
  }
  const asked = ports.calls.filter(([name]) => name === 'confirm').map(([, userId]) => userId);
  expect(asked).toHaveLength(3);
  expect(new Set(asked).size).toBe(1);
  expect(asked[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('a sign-up cut off before its user was recorded confirms nothing', async () => {
  const ports = signUpPorts();
  const cutOff = { ...ports, signUps: { ...ports.signUps, made: async () => {} } };
  const { code, registration } = await signUp(cutOff as Ports, passwordOf('a'));
  await expect(confirmRegistration(ports, { email, code, registration })).rejects.toMatchObject(invalid);
  expect(ports.confirmed.size).toBe(0);
});

test('no order of sign-ups and confirmations lets the owner’s code confirm a stranger’s password', async () => {
  // The owner reads every code; the stranger has none, but signs up whenever they like. Steps of both sign-ups interleave.
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('owner', 'stranger', 'confirm'), { maxLength: 12 }),
      async (steps) => {
        const ports = signUpPorts({ codesLeft: 100 });
        let own: string | undefined;
        for (const step of steps) {
          if (step === 'owner') own = (await signUp(ports, passwordOf('owner'))).registration;
          if (step === 'stranger') await signUp(ports, passwordOf('stranger'));
          if (step === 'confirm' && own !== undefined) {
            const attempt = { email, code: ports.newestCode(), registration: own };
            await confirmRegistration(ports, attempt).catch(() => {});
          }
        }
        expect(ports.confirmed.get(email) ?? passwordOf('owner')).toBe(passwordOf('owner'));
      },
    ),
  );
});

test('of two concurrent sign-ups, in any order of steps, no registration confirms the other’s password', async () => {
  const ports = signUpPorts();
  // The stranger's `signUp` reaches the directory after the owner's, though it was written down before.
  const late: (() => void)[] = [];
  const slow = {
    ...ports,
    directory: {
      ...ports.directory,
      signUp: async (...args: [string, string]) => {
        await new Promise<void>((go) => late.push(go));
        return ports.directory.signUp(...args);
      },
    },
  };
  const stranger = signUp(slow as Ports, passwordOf('stranger'));
  while (late.length === 0) await new Promise((done) => setImmediate(done));
  const owner = await signUp(ports, passwordOf('owner'));
  late[0]?.();
  const { registration } = await stranger;
  for (const attempt of [owner.registration, registration, undefined]) {
    const confirm = confirmRegistration(ports, { email, code: ports.newestCode(), registration: attempt });
    await expect(confirm).rejects.toMatchObject({ name: 'DaypassError' });
  }
  expect(ports.confirmed.size).toBe(0);
});

import { register } from '../../../core/accounts/register.ts';
import { signUpPorts } from './sign-up-ports.ts';

const session = { token: 't', refreshToken: 'r', expiresIn: 3600 };
const policy = { confirmation: 'email' as const, allowedDomains: [] };
const ada = { email: 'ada@example.com', password: 'Aa1aaaaaaaaa' };

test('with confirmation, a known and an unknown address get the same answer', async () => {
  const fresh = await register(signUpPorts(), policy, ada);
  const known = await register(signUpPorts({ known: [ada.email] }), policy, ada);
  const pattern = { status: 'confirmation_required', registration: expect.stringMatching(/^reg_[\w-]{32}$/) };
  expect(fresh).toEqual(pattern);
  expect(known).toEqual(pattern);
  expect(known).not.toEqual(fresh);
});

test('a sign-up is recorded before the directory has it, and its user after', async () => {
  const ports = signUpPorts();
  await register(ports, policy, ada);
  expect(ports.calls.map(([name]) => name)).toEqual(['take', 'begin', 'signUp', 'made']);
});

test('no user is recorded for a known address', async () => {
  const ports = signUpPorts({ known: [ada.email] });
  await register(ports, policy, ada);
  expect(ports.calls.map(([name]) => name)).toEqual(['take', 'begin', 'signUp']);
});

test('only a hash of the registration is stored', async () => {
  const ports = signUpPorts();
  const answer = await register(ports, policy, ada);
  const registration = 'registration' in answer ? answer.registration : '';
  expect(JSON.stringify(ports.calls)).not.toContain(registration);
  expect(JSON.stringify(ports.calls)).toMatch(/"registrationHash":"[0-9a-f]{64}"/);
});

test.each(['Aa1', 'aa1aaaaaaaaa', 'AA1AAAAAAAAA', 'Aaaaaaaaaaaa'])(
  'a weak password (%s) changes nothing and is not counted',
  async (password) => {
    const ports = signUpPorts();
    await expect(register(ports, policy, { ...ada, password })).rejects.toMatchObject({
      code: 'weak_password',
      param: 'password',
    });
    expect(ports.calls).toEqual([]);
  },
);

test('once the hour’s codes are used up, sign-up is refused with the time to come back', async () => {
  const ports = signUpPorts({ codesLeft: 0, now: Date.UTC(2026, 10, 22, 10, 59, 30) });
  await expect(register(ports, policy, ada)).rejects.toMatchObject({
    code: 'too_many_attempts',
    headers: { 'retry-after': '30' },
  });
  expect(ports.calls.map(([name]) => name)).toEqual(['take']);
});

test('without confirmation the user is logged in at once, and a known address is refused', async () => {
  const open = { ...policy, confirmation: 'off' as const };
  expect(await register(signUpPorts(), open, ada)).toEqual({ status: 'confirmed', ...session });
  await expect(register(signUpPorts({ known: [ada.email] }), open, ada)).rejects.toMatchObject({
    code: 'email_taken',
    status: 409,
  });
});

test('only allowed domains may sign up, and look-alikes may not', async () => {
  const closed = { ...policy, allowedDomains: ['example.com'] };
  await expect(register(signUpPorts(), closed, ada)).resolves.toBeDefined();
  for (const email of [
    'ada@example.org',
    'ada@sub.example.com',
    'ada@notexample.com',
    '"ada@example.com"@evil.org',
  ]) {
    await expect(register(signUpPorts(), closed, { ...ada, email })).rejects.toMatchObject({
      code: 'domain_not_allowed',
    });
  }
});

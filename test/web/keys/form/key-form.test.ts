import type { Plan } from '../../../../web/keys/plan-places.ts';
import { createKeySchema, emptyForm, type KeyForm } from '../../../../web/screens/keys/form/key-form.ts';

const now = new Date(2026, 10, 22, 14, 30).getTime();
const plan: Plan = {
  name: '10-per-day',
  requestsPerDay: 10,
  requestsPerHour: null,
  requestsPerMinute: 5,
  requestsPerWeek: null,
  requestsPerMonth: null,
  spendPerDay: null,
  spendPerMonth: null,
  tokensPerDay: 1000,
  models: null,
  stripePriceId: null,
  maxKeysPerPlan: 1,
  price: 'Free',
  selfService: true,
};
const filled = { ...emptyForm, name: ' laptop ', plan: plan.name };
const read = (form: Partial<KeyForm>) => createKeySchema([plan], () => now).safeParse({ ...filled, ...form });
const faults = (form: Partial<KeyForm>) =>
  read(form).error?.issues.map(({ path, message }) => [path.join('.'), message]);

const perClient = emptyForm.limits.perClient;

test('a name and a plan are enough, and nothing else is sent', () => {
  expect(read({}).data).toEqual({ name: 'laptop', plan: '10-per-day' });
});

test('everything typed is in the body', () => {
  const typed = read({
    expiry: '30d',
    models: ['nova-lite'],
    limits: {
      ...emptyForm.limits,
      requestsPerMinute: ' 5 ',
      perClient: { ...perClient, requestsPerDay: '2' },
    },
    allowedHosts: 'app.example.com,\n  b.example.com\n',
  });
  expect(typed.data).toEqual({
    name: 'laptop',
    plan: '10-per-day',
    expiresIn: '30d',
    models: ['nova-lite'],
    limits: { requestsPerMinute: 5, perClient: { requestsPerDay: 2 } },
    allowedHosts: ['app.example.com', 'b.example.com'],
  });
});

test.each(['x', '1.5', '-1', '1e3', '0x10', '0'])('%j is refused as a limit', (text) => {
  expect(faults({ limits: { ...emptyForm.limits, tokensPerDay: text } })).toEqual([
    ['limits.tokensPerDay', expect.stringMatching(/^must be (a whole number|at least 1)$/)],
  ]);
});

test('a limit above the plan’s is refused at its field before the API has to', () => {
  const limits = { ...emptyForm.limits, requestsPerDay: '11', requestsPerHour: '999' };
  expect(faults({ limits: { ...limits, perClient: { ...perClient, requestsPerMinute: '6' } } })).toEqual([
    ['limits.requestsPerDay', 'must be at most 10, as the plan allows'],
    ['limits.perClient.requestsPerMinute', 'must be at most 5, as the plan allows'],
  ]);
});

test('too many hosts are told in the words of the API', () => {
  const allowedHosts = Array.from({ length: 51 }, (_, at) => `a${at}.example.com`).join(' ');
  expect(faults({ allowedHosts })).toEqual([['allowedHosts', 'must hold at most 50 entries']]);
});

test('a malformed host is named at the hosts’ field', () => {
  expect(faults({ allowedHosts: 'app.example.com https://b.example.com' })).toEqual([
    ['allowedHosts', expect.stringMatching(/^“https:\/\/b\.example\.com” must be a host name/)],
  ]);
});

test('a missing date never makes a key that does not expire', () => {
  expect(faults({ expiry: 'date', expiryDay: '' })).toEqual([['expiryDay', 'must be a date']]);
});

test('all faults are reported at once', () => {
  const all = faults({ name: '', expiry: 'date', expiryDay: '2020-01-01', allowedHosts: 'A' });
  expect(all?.map(([field]) => field).toSorted()).toEqual(['allowedHosts', 'expiryDay', 'name']);
});

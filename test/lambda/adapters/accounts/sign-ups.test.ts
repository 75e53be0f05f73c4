import { randomBytes } from 'node:crypto';
import type { CodeCounts, SignUps } from '../../../../core/accounts/ports.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let signUps: SignUps;
let codes: CodeCounts;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const adapter = await import('../../../../lambda/adapters/accounts/sign-ups.ts');
  signUps = adapter.createDynamoSignUps(openTable('records'));
  codes = adapter.createDynamoCodeCounts(openTable('records'));
});
afterAll(() => aws.close());

const newEmail = () => `${randomBytes(6).toString('hex')}@example.com`;
const now = Date.now();

test('sign-ups are counted, and the latest one is kept with its user', async () => {
  const email = newEmail();
  expect(await signUps.find(email)).toBeUndefined();
  await signUps.begin(email, { registrationHash: 'one', now });
  await signUps.made(email, { registrationHash: 'one', userId: 'ada' });
  expect(await signUps.find(email)).toMatchObject({ count: 1, registrationHash: 'one', userId: 'ada' });
  await signUps.begin(email, { registrationHash: 'two', now });
  const second = await signUps.find(email);
  expect(second).toMatchObject({ count: 2, registrationHash: 'two' });
  expect(second?.userId).toBeUndefined();
});

test('an outdated sign-up neither records its user nor removes anything', async () => {
  const email = newEmail();
  await signUps.begin(email, { registrationHash: 'one', now });
  await signUps.begin(email, { registrationHash: 'two', now });
  await signUps.made(email, { registrationHash: 'one', userId: 'ada' });
  await signUps.forget(email, 'one');
  const kept = await signUps.find(email);
  expect(kept).toMatchObject({ count: 2, registrationHash: 'two' });
  expect(kept?.userId).toBeUndefined();
  await signUps.forget(email, 'two');
  expect(await signUps.find(email)).toBeUndefined();
});

test('an address is the same in upper and lower case, and is not stored in the table', async () => {
  const email = newEmail();
  await signUps.begin(email.toUpperCase(), { registrationHash: 'one', now });
  const kept = await signUps.find(email);
  expect(kept?.count).toBe(1);
  expect(JSON.stringify(kept)).not.toContain(email.split('@')[0]);
});

test('codes are counted by address and window, and never exceed the limit, even at once', async () => {
  const [email, other] = [newEmail(), newEmail()];
  const hour = { id: 'hour-2026-11-22T10', endsAt: now + 3_600_000 };
  const taken = await Promise.all(Array.from({ length: 12 }, () => codes.take(email, hour, 5)));
  expect(taken.filter(Boolean)).toHaveLength(5);
  expect(await codes.take(email, hour, 5)).toBe(false);
  expect(await codes.take(other, hour, 5)).toBe(true);
  expect(await codes.take(email, { ...hour, id: 'hour-2026-11-22T11' }, 5)).toBe(true);
});

import { randomUUID } from 'node:crypto';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { deleteAccount } from '../../../../core/accounts/delete-account.ts';
import { changePlan } from '../../../../core/keys/change-plan/change-plan.ts';
import { createKey } from '../../../../core/keys/create-key.ts';
import { freePlaces } from '../../../../core/keys/places.ts';
import type { KeyRecord } from '../../../../core/keys/ports.ts';
import { revokeKey } from '../../../../core/keys/revoke-key.ts';
import { rotateKey } from '../../../../core/keys/rotate-key.ts';
import type { Charge } from '../../../../core/metering/ports.ts';
import { windowAt } from '../../../../core/metering/windows.ts';
import { somePlan } from '../../../core/plan-fixture.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { start } from './some-keys.ts';

/**
 * Whatever somebody does with their keys, a day, a week and a month have what their plan says: the real operations on the
 * real table, which forgets what it may as soon as it may, an API Gateway that takes everything, and a simple count of what
 * was served at each plan.
 */
const small = somePlan({
  name: 'small',
  usagePlanName: 'Small',
  requestsPerDay: 3,
  requestsPerWeek: 5,
  requestsPerMonth: 7,
  maxKeysPerPlan: 2,
});
const large = somePlan({
  name: 'large',
  usagePlanName: 'Large',
  requestsPerDay: 5,
  requestsPerWeek: 6,
  requestsPerMonth: 8,
  tokensPerDay: 100,
});
const plans = [small, large];
const lastPlan = { small, large };

type Step =
  | { do: 'create'; plan: 'small' | 'large'; expires: boolean }
  | { do: 'charge' | 'refuse' | 'fail' | 'long'; key: number }
  | { do: 'finish' }
  | { do: 'revoke' | 'rotate'; key: number }
  | { do: 'move'; key: number; plan: 'small' | 'large' }
  | { do: 'expire' | 'delete' }
  | { do: 'wait'; until: 'day' | 'week' | 'month' };

const key = fc.nat({ max: 3 });
const plan = fc.constantFrom('small' as const, 'large' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const), plan, expires: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('charge', 'charge', 'refuse', 'fail', 'long'), key }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('finish' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('revoke' as const, 'rotate' as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), key, plan }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('expire' as const, 'delete' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      until: fc.constantFrom('day' as const, 'day' as const, 'week' as const, 'month' as const),
    }),
  },
);

let aws: RunningAws;
let forgetPlaces: (now: number) => Promise<void>;
let openWorld: () => Promise<World>;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const table = openTable('records');
  forgetPlaces = async (now) => {
    const { Items = [] } = await table.documents.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: 'begins_with(pk, :places) AND #ttl <= :now',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':places': 'PERSON#', ':now': now / 1000 },
      }),
    );
    for (const { pk, sk } of Items)
      await table.documents.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
  };
  openWorld = async () => {
    const world = new World({
      records: createDynamoKeys(table),
      users: createDynamoUsers(table),
      meter: createDynamoMeter(table),
    });
    await world.signUp();
    return world;
  };
});
afterAll(() => aws.close());

interface Adapters {
  records: ReturnType<typeof import('../../../../lambda/adapters/keys/dynamo-keys.ts').createDynamoKeys>;
  users: ReturnType<typeof import('../../../../lambda/adapters/accounts/dynamo-users.ts').createDynamoUsers>;
  meter: ReturnType<typeof import('../../../../lambda/adapters/meter/dynamo-meter.ts').createDynamoMeter>;
}

const usage = {
  input: 20,
  output: 20,
  cachedInput: 0,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 0,
};

class World {
  /** Requests that stand, by plan and window. */
  readonly served = new Map<string, number>();
  /** Tokens of the large plan that were settled today. */
  tokens = 0;
  private readonly address = `Ada.${randomUUID()}@Example.com`;
  private user = {
    userId: '',
    email: '',
    emailVerified: true,
    groups: [] as string[],
    status: 'active' as const,
    createdAt: start,
  };
  private readonly running: Charge[] = [];
  private seconds = 0;
  private readonly adapters: Adapters;

  constructor(adapters: Adapters) {
    this.adapters = adapters;
  }

  /** Another account each time, and the address in another spelling. */
  async signUp(): Promise<void> {
    const email = this.seconds % 2 === 0 ? this.address : this.address.toLowerCase();
    this.user = { ...this.user, userId: randomUUID(), email };
    await this.adapters.users.ensure({ ...this.user, createdAt: this.now });
  }

  private get now(): number {
    return start + this.seconds * 1000;
  }

  private get ports() {
    return {
      ...this.adapters,
      gateway: {
        create: async () => `gw${randomUUID().slice(0, 8)}`,
        bindToPlan: async (_id: string, name: string) => `id-of-${name}`,
        unbindFromPlan: async () => undefined,
        delete: async () => undefined,
        findIdByName: async () => undefined,
        findPlans: async (names: readonly string[]) => new Map(names.map((name) => [name, `id-of-${name}`])),
      },
      fence: { setRemaining: async () => undefined },
      directory: { deleteUser: async () => undefined },
      clock: { now: () => this.now },
      plans,
      models: [],
      providerKeys: { seal: async () => 'sealed', hosts: {} },
      inReservedTime: <T>(work: () => Promise<T>) => work(),
      onUndoFailed: (name: string, _key: string, error: unknown) => {
        throw new Error(`${name} could not be undone`, { cause: error });
      },
    };
  }

  private async active(): Promise<KeyRecord[]> {
    const records = await this.adapters.records.listAll(this.user.userId);
    return records.filter(({ status }) => status === 'active');
  }

  async play(step: Step): Promise<void> {
    this.seconds += 1;
    const keys = await this.active();
    const chosen = 'key' in step && keys.length > 0 ? keys[step.key % keys.length] : undefined;
    if (step.do === 'create') await this.create(step);
    else if (step.do === 'finish') await this.finish();
    else if (step.do === 'delete') await this.deleteAndReturn();
    else if (step.do === 'expire') await this.expire();
    else if (step.do === 'wait') await this.wait(step.until);
    else if (chosen !== undefined) await this.playOn(step, chosen);
    this.check(step);
  }

  private async playOn(step: Step, record: KeyRecord): Promise<void> {
    if (step.do === 'revoke') await revokeKey(this.ports, record);
    else if (step.do === 'rotate') await tolerant(rotateKey(this.ports, record, 3600));
    else if (step.do === 'move') {
      if (record.plan !== step.plan)
        await tolerant(changePlan(this.ports, record, lastPlan[step.plan], undefined));
    } else await this.call(step.do, record);
  }

  private async create({ plan: name, expires }: { plan: string; expires: boolean }): Promise<void> {
    const body = { name: 'x', plan: name, ...(expires && { expiresIn: 'PT4S' }) };
    await tolerant(createKey(this.ports, this.user, body));
  }

  private async call(kind: string, { apiKeyId = '' }: KeyRecord): Promise<void> {
    const { meter } = this.adapters;
    const result = await meter.charge({ apiKeyId, requestId: randomUUID(), now: this.now });
    if (result.outcome !== 'charged') return;
    const { charge } = result;
    this.count(charge, 1);
    if (kind === 'long') this.running.push(charge);
    else if (kind === 'charge') await this.settle(charge);
    else await this.refund(charge, kind === 'refuse' ? 'refused' : 'failed');
  }

  /** Calls that began before whatever came since end now: some well, some not. */
  private async finish(): Promise<void> {
    for (const [at, charge] of this.running.splice(0).entries()) {
      if (at % 2 === 0) await this.settle(charge);
      else await this.refund(charge, 'refused');
    }
  }

  private async settle(charge: Charge): Promise<void> {
    const costs = { model: 'm', mark: 'metered' as const, costNanoDollars: 0, now: this.now };
    await this.adapters.meter.settle({ charge, usage, ...costs });
    if (charge.plan === 'large') this.tokens += 40;
  }

  private async refund(charge: Charge, reason: 'refused' | 'failed'): Promise<void> {
    await this.adapters.meter.refund(charge, 'm', reason);
    // A failure past the day's share of refunds stays charged; this count is then lower than the gate's, never higher.
    this.count(charge, -1);
  }

  private count({ plan, chargedAt }: Charge, by: 1 | -1): void {
    for (const kind of ['day', 'week', 'month'] as const) {
      const name = `${plan} ${windowAt(kind, chargedAt).id}`;
      this.served.set(name, (this.served.get(name) ?? 0) + by);
    }
  }

  /** Until just after the window ends. No call runs as long, and DynamoDB has removed what it may by then. */
  private async wait(until: 'day' | 'week' | 'month'): Promise<void> {
    await this.finish();
    this.seconds = Math.ceil((windowAt(until, this.now).endsAt - start) / 1000) + 1;
    this.tokens = 0;
    await forgetPlaces(this.now);
  }

  private async expire(): Promise<void> {
    this.seconds += 5;
    for (const name of ['small', 'large'])
      await freePlaces(this.ports, { userId: this.user.userId, plan: name });
  }

  private async deleteAndReturn(): Promise<void> {
    await deleteAccount(this.ports, this.user.userId, () => true);
    await this.signUp();
  }

  private check(step: Step): void {
    for (const plan of plans) {
      const limits = { day: plan.requestsPerDay, week: plan.requestsPerWeek, month: plan.requestsPerMonth };
      for (const kind of ['day', 'week', 'month'] as const) {
        const name = `${plan.name} ${windowAt(kind, this.now).id}`;
        const used = this.served.get(name) ?? 0;
        if (used > (limits[kind] ?? 0) * plan.maxKeysPerPlan)
          throw new Error(`after ${JSON.stringify(step)}: ${used} on ${name}`);
      }
    }
    // A call that is let in below the limit may pass it, and so may those under way with it.
    if (this.tokens > 100 + 5 * 40) throw new Error(`${this.tokens} tokens on large`);
  }
}

/** What is refused is refused: a plan that is full, a key that is being changed. */
async function tolerant(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'DaypassError') return;
    throw error;
  });
}

test('no sequence of creating, charging, refunding, rotating, moving, revoking, expiring and deleting exceeds the plan of a day, a week or a month', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const world = await openWorld();
      for (const one of steps) await world.play(one);
    }),
    { numRuns: Number(process.env.DAYPASS_RUNS ?? 20) },
  );
}, 300_000);

const using = (count: number): Step[] =>
  Array.from({ length: count }, () => ({ do: 'charge' as const, key: 0 }));
const made = { do: 'create', plan: 'large', expires: false } as const;

test.each<[string, Step[]]>([
  ['revoking and making another', [{ do: 'revoke', key: 0 }, made]],
  ['letting it expire and making another', [{ do: 'expire' }, made]],
  ['rotating', [{ do: 'rotate', key: 0 }]],
  [
    'moving away and back',
    [
      { do: 'move', key: 0, plan: 'small' },
      { do: 'move', key: 0, plan: 'large' },
    ],
  ],
  ['moving away and making another', [{ do: 'move', key: 0, plan: 'small' }, { ...made }]],
  ['deleting the account and signing up again', [{ do: 'delete' }, made]],
])('%s begins no new day', async (how, way) => {
  const world = await openWorld();
  await world.play({ ...made, expires: how.includes('expire') });
  for (const one of using(1)) await world.play(one);
  for (const one of [...way, ...using(8)]) await world.play(one);
  // 40 tokens a call, 100 a day: the third call is the last one let in.
  expect(world.tokens).toBe(120);
});

test.each<[string, Step[]]>([
  ['revoking', [{ do: 'revoke', key: 0 }]],
  ['letting it expire', [{ do: 'expire' }]],
  ['deleting the account', [{ do: 'delete' }]],
])('%s, and waiting for days, begins no new week and no new month', async (how, end) => {
  const world = await openWorld();
  const tomorrow = { do: 'wait', until: 'day' } as const;
  await world.play({ do: 'wait', until: 'week' });
  await world.play({ ...made, expires: how.includes('expire') });
  for (const one of [...using(2), ...end, tomorrow, tomorrow, tomorrow, made]) await world.play(one);
  // Two of the week's six on Monday, and on Thursday, where a day has two calls' tokens and one more.
  for (const one of [...using(9), tomorrow, ...using(9)]) await world.play(one);
  expect(world.served.get('large week-2026-11-23')).toBe(6);
  await world.play({ do: 'wait', until: 'week' });
  for (const one of using(9)) await world.play(one);
  expect(world.served.get('large month-2026-11')).toBe(8);
});

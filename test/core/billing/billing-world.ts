import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { BillingChange, Payments } from '../../../core/billing/ports.ts';
import type { BillingState, Subscription } from '../../../core/billing/subscriptions.ts';
import type { BillingPorts } from '../../../core/billing/take-event.ts';
import type { KeyRecord, PlanChange } from '../../../core/keys/ports.ts';
import { somePlan } from '../plan-fixture.ts';

export const start = 1_764_000_000_000;
export const dayMs = 86_400_000;
export const page = 'https://llm.example.com/billing';

const free = somePlan({ name: 'free', usagePlanName: 'Free' });
const pro = somePlan({
  name: 'pro',
  usagePlanName: 'Pro',
  requestsPerDay: 100,
  selfService: false,
  stripePriceId: 'price_pro',
});
const max = somePlan({
  name: 'max',
  usagePlanName: 'Max',
  requestsPerDay: 1000,
  selfService: false,
  stripePriceId: 'price_max',
});

/** Which call of which port fails, and whether before it is applied or after. */
export interface Fault {
  nth: number;
  when: 'before' | 'after';
}

/** One user, a table, an API Gateway and a Stripe in memory. Every call of a port is listed, and can fail. */
export function billingWorld({
  plans = [free, pro, max],
  fault,
}: {
  plans?: (typeof free)[];
  fault?: Fault;
} = {}) {
  let now = start;
  let failing = fault;
  const calls: string[] = [];
  let user: UserRecord | undefined = {
    userId: 'ada',
    email: 'ada@example.com',
    status: 'active',
    createdAt: 0,
  };
  const keys = new Map<string, KeyRecord>();
  const bound = new Map<string, Set<string>>();
  const customers = new Map<string, { userId: string; isEnded: boolean }>();
  const events = new Set<string>();
  const applied: BillingChange[] = [];
  let intent: { since: number } | undefined;
  const stripe = {
    customers: new Map<string, Subscription[]>(),
    made: [] as string[],
    pages: [] as unknown[],
  };
  const notMoved: unknown[] = [];

  const call = async <T>(name: string, work: () => T): Promise<T> => {
    calls.push(name);
    const fails = failing !== undefined && calls.length === failing.nth ? failing.when : undefined;
    if (fails === 'before') throw new Error(`${name} failed`);
    const result = work();
    if (fails === 'after') throw new Error(`the reply of ${name} was lost`);
    return result;
  };
  const isTaken = (plan: string) =>
    [...keys.values()].some(
      (key) => key.status === 'active' && (key.plan === plan || key.planChange?.plan === plan),
    );
  const underWay = (record: KeyRecord, { id }: PlanChange) => {
    const found = keys.get(record.keyId);
    return found?.status === 'active' && found.planChange?.id === id ? found : undefined;
  };
  const writable = (read: UserRecord) =>
    user !== undefined && user.status !== 'deleting' && user.billing?.rev === read.billing?.rev;

  const payments: Payments = {
    createCustomer: ({ userId, email, after }) =>
      call('createCustomer', () => {
        // By its idempotency key.
        const id = `cus_${userId}_${email.length}_${after ?? 'first'}`;
        if (!stripe.customers.has(id)) {
          stripe.customers.set(id, []);
          stripe.made.push(id);
        }
        return id;
      }),
    listSubscriptions: (id) => call('listSubscriptions', () => stripe.customers.get(id)),
    cancelSubscription: (id) =>
      call('cancelSubscription', () => {
        for (const [customer, list] of stripe.customers)
          stripe.customers.set(
            customer,
            list.filter((one) => one.id !== id),
          );
      }),
    openCheckout: (asked) => call('openCheckout', () => `https://pay/${stripe.pages.push(asked)}`),
    openPortal: (asked) => call('openPortal', () => `https://portal/${stripe.pages.push(asked)}`),
  };

  const ports: BillingPorts & { payments: Payments; billing: BillingPorts['billing'] & AddCustomer } = {
    payments,
    billing: {
      findCustomer: (id) => call('findCustomer', () => customers.get(id)),
      findUser: () => call('findUser', () => user && { ...user }),
      addCustomer: (read, customerId) =>
        call('addCustomer', () => {
          if (!writable(read) || user === undefined) return false;
          user = { ...user, billing: { customerId, rev: (user.billing?.rev ?? 0) + 1, subscriptions: [] } };
          customers.set(customerId, { userId: user.userId, isEnded: false });
          return true;
        }),
      apply: (read, change) =>
        call('apply', () => {
          if (change.event !== undefined && events.has(change.event.id)) return 'repeated';
          if (!writable(read) || user?.billing === undefined) return 'changed';
          if (change.event !== undefined) events.add(change.event.id);
          const { customerId, rev, subscriptions } = user.billing;
          user = { ...user, billing: { customerId, rev: rev + 1, subscriptions: change.subscriptions } };
          if (JSON.stringify(subscriptions) !== JSON.stringify(change.subscriptions)) {
            applied.push(change);
            intent = { since: change.now };
          }
          return 'applied';
        }),
      finishRebind: (read, againAt) =>
        call('finishRebind', () => {
          if (writable(read)) intent = againAt === undefined ? undefined : { since: againAt };
        }),
      endCustomer: (id, userId) =>
        call('endCustomer', () => void customers.set(id, { userId, isEnded: true })),
      removeIntent: () =>
        call('removeIntent', () => {
          intent = undefined;
        }),
    },
    records: {
      find: async (_userId, keyId) => keys.get(keyId),
      listAll: async () => [...keys.values()],
      listUnfinished: () =>
        call('listUnfinished', () =>
          [...keys.values()].filter(({ status }) => ['active', 'creating'].includes(status)),
        ),
      beginPlanChange: (record, wanted) =>
        call('beginPlanChange', () => {
          const found = keys.get(record.keyId);
          if (found?.status !== 'active' || found.planChange !== undefined) return 'changed';
          if (isTaken(wanted.plan)) return 'no_place';
          const change = { ...wanted, slot: 1 };
          keys.set(record.keyId, { ...found, planChange: change });
          return change;
        }),
      completePlanChange: (record, change) =>
        call('completePlanChange', () => {
          const found = underWay(record, change);
          if (found === undefined || found.planChange?.undoing) return undefined;
          const { planChange: _done, ...rest } = found;
          keys.set(record.keyId, { ...rest, plan: change.plan });
          return keys.get(record.keyId);
        }),
      stopPlanChange: async (record, change) => {
        const found = underWay(record, change);
        if (found !== undefined)
          keys.set(record.keyId, { ...found, planChange: { ...change, undoing: true } });
        return found !== undefined;
      },
      abandonPlanChange: async (record, change) => {
        const found = underWay(record, change);
        if (found === undefined) return;
        const { planChange: _undone, ...rest } = found;
        keys.set(record.keyId, rest);
      },
      end: (record, status, endedAt) =>
        call('end', () => void keys.set(record.keyId, { ...record, status, endedAt })),
      release: async () => {},
      finishIntent: async () => {},
    },
    gateway: {
      bindToPlan: (id, plan) =>
        call('bindToPlan', () => {
          bound.set(id, new Set([...(bound.get(id) ?? []), plan]));
          return plan;
        }),
      unbindFromPlan: (id, plan) => call('unbindFromPlan', () => void bound.get(id)?.delete(plan)),
      findPlans: async (names) => new Map(names.map((name) => [name, name])),
      delete: (id) => call('delete', () => void bound.delete(id)),
      findIdByName: async () => undefined,
    },
    fence: { setRemaining: async () => {} } as BillingPorts['fence'],
    plans,
    graceDays: 7,
    clock: { now: () => now },
    inReservedTime: (work) => work(),
    onUndoFailed: () => {},
    onRebindFailed: (_userId, error) => void notMoved.push(error),
  };

  return {
    ports,
    calls,
    stripe,
    events,
    customers,
    applied,
    notMoved,
    /** From here on nothing fails. */
    mend: () => {
      failing = undefined;
    },
    failNext: (next: Fault | undefined) => {
      failing = next && { ...next, nth: calls.length + next.nth };
    },
    user: () => user as UserRecord,
    setUser: (fields: Partial<UserRecord> | undefined) => {
      user = fields && { ...(user as UserRecord), ...fields };
    },
    intent: () => intent,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    now: () => now,
    /** Makes the user a customer, as the checkout does. */
    enrol: (customerId = 'cus_1', subscriptions: Subscription[] = []) => {
      stripe.customers.set(customerId, subscriptions);
      customers.set(customerId, { userId: 'ada', isEnded: false });
      const billing: BillingState = { customerId, rev: 1, subscriptions: [] };
      user = { ...(user as UserRecord), billing };
    },
    addKey: (keyId: string, plan: string, fields: Partial<KeyRecord> = {}) => {
      const apiKeyId = `gw_${keyId}`;
      const usagePlan = plans.find(({ name }) => name === plan)?.usagePlanName ?? '';
      bound.set(apiKeyId, new Set([usagePlan]));
      keys.set(keyId, {
        keyId,
        userId: 'ada',
        name: keyId,
        plan,
        status: 'active',
        valueHash: `hash of ${keyId}`,
        last4: 'abcd',
        slot: 1,
        createdAt: start - dayMs,
        apiKeyId,
        ...fields,
      });
    },
    key: (keyId: string) => keys.get(keyId),
    boundTo: (keyId: string) => [...(bound.get(`gw_${keyId}`) ?? [])],
  };
}

interface AddCustomer {
  addCustomer(user: UserRecord, customerId: string): Promise<boolean>;
}

export function subscription(fields: Partial<Subscription> = {}): Subscription {
  return {
    id: 'sub_1',
    itemId: 'si_1',
    priceId: 'price_pro',
    status: 'active',
    periodEndsAt: start + 30 * dayMs,
    ...fields,
  };
}

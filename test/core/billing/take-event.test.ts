import * as fc from 'fast-check';
import { endBilling, finishBilling, followedEvents, takeEvent } from '../../../core/billing/take-event.ts';
import { mayUsePlan } from '../../../core/plans.ts';
import { somePlan } from '../plan-fixture.ts';
import { billingWorld, dayMs, start, subscription } from './billing-world.ts';

let count = 0;
const event = (fields: { id?: string; type?: string; customerId?: string | undefined } = {}) => {
  count += 1;
  return { id: `evt_${count}`, type: 'customer.subscription.updated', customerId: 'cus_1', ...fields };
};

/** A user who pays for `pro` and has a key on it. */
async function subscriber(options: Parameters<typeof billingWorld>[0] = {}) {
  const world = billingWorld(options);
  world.enrol('cus_1', [subscription()]);
  await takeEvent(world.ports, event());
  world.addKey('key_1', 'pro');
  await finishBilling(world.ports, 'ada');
  return world;
}

const allowed = ({ ports, user, now }: ReturnType<typeof billingWorld>) =>
  ports.plans.filter((plan) => mayUsePlan(plan, user(), now())).map(({ name }) => name);

test('what is paid for is allowed, and keys on other plans stay where they are', async () => {
  const world = billingWorld();
  world.enrol('cus_1', [subscription()]);
  world.addKey('key_0', 'free');
  expect(allowed(world)).toEqual(['free']);
  await takeEvent(world.ports, event({ type: 'checkout.session.completed' }));
  expect(allowed(world)).toEqual(['free', 'pro']);
  expect(world.key('key_0')?.plan).toBe('free');
  expect(world.applied).toMatchObject([{ plans: { from: [], to: ['pro'] } }]);
});

test.each([
  ['up', 'price_max', 'max', 'Max'],
  ['to a price that no plan has', 'price_gone', 'free', 'Free'],
])('a change %s moves the key, which keeps its secret', async (_name, priceId, plan, usagePlan) => {
  const world = await subscriber();
  const before = world.key('key_1');
  world.stripe.customers.set('cus_1', [subscription({ priceId })]);
  await takeEvent(world.ports, event());
  expect(world.key('key_1')).toMatchObject({ plan, status: 'active', valueHash: before?.valueHash });
  expect(world.boundTo('key_1')).toEqual([usagePlan]);
  expect(world.notMoved).toEqual([]);
});

test('a cancellation moves the key to the free plan, and revokes it where none has a place', async () => {
  const world = await subscriber();
  world.addKey('key_0', 'free');
  world.stripe.customers.set('cus_1', []);
  await takeEvent(world.ports, event({ type: 'customer.subscription.deleted' }));
  expect(world.key('key_1')?.status).toBe('revoked');
  expect(world.key('key_0')).toMatchObject({ status: 'active', plan: 'free' });
  expect(allowed(world)).toEqual(['free']);
});

test('a cancellation at the end of the period changes nothing before', async () => {
  const world = await subscriber();
  world.stripe.customers.set('cus_1', [subscription({ endsAt: start + 30 * dayMs })]);
  await takeEvent(world.ports, event());
  expect(world.key('key_1')?.plan).toBe('pro');
  expect(world.user().billing?.subscriptions).toMatchObject([{ endsAt: start + 30 * dayMs }]);
});

test.each(['unpaid', 'paused', 'incomplete', 'incomplete_expired', 'canceled'] as const)(
  'a subscription that is %s pays for nothing',
  async (status) => {
    const world = await subscriber();
    world.stripe.customers.set('cus_1', [subscription({ status })]);
    await takeEvent(world.ports, event());
    expect(allowed(world)).toEqual(['free']);
    expect(world.key('key_1')?.plan).toBe('free');
  },
);

test('an admin’s plan needs no payment', async () => {
  const world = await subscriber();
  world.setUser({ allowedPlans: ['pro'] });
  world.stripe.customers.set('cus_1', []);
  await takeEvent(world.ports, event());
  expect(world.key('key_1')?.plan).toBe('pro');
});

describe('a payment that is past due', () => {
  const pastDue = async () => {
    const world = await subscriber();
    world.stripe.customers.set('cus_1', [subscription({ status: 'past_due' })]);
    await takeEvent(world.ports, event({ type: 'invoice.payment_failed' }));
    return world;
  };

  test('leaves the plan for the days of grace, from when it was first seen, and no longer', async () => {
    const world = await pastDue();
    await finishBilling(world.ports, 'ada');
    expect(world.intent()).toEqual({ since: start + 7 * dayMs });
    world.wait(3 * dayMs);
    await takeEvent(world.ports, event({ type: 'invoice.payment_failed' }));
    expect(world.user().billing?.subscriptions[0]?.graceEndsAt).toBe(start + 7 * dayMs);
    expect(world.key('key_1')?.plan).toBe('pro');
    world.wait(4 * dayMs - 1);
    expect(allowed(world)).toEqual(['free', 'pro']);
    world.wait(1);
    expect(allowed(world)).toEqual(['free']);
    await finishBilling(world.ports, 'ada');
    expect(world.key('key_1')?.plan).toBe('free');
    expect(world.intent()).toBeUndefined();
  });

  test('has new days of grace after it was paid', async () => {
    const world = await pastDue();
    world.stripe.customers.set('cus_1', [subscription()]);
    await takeEvent(world.ports, event({ type: 'invoice.paid' }));
    world.wait(20 * dayMs);
    world.stripe.customers.set('cus_1', [subscription({ status: 'past_due' })]);
    await takeEvent(world.ports, event());
    expect(world.user().billing?.subscriptions[0]?.graceEndsAt).toBe(start + 27 * dayMs);
  });
});

describe('events', () => {
  test('are applied once', async () => {
    const world = await subscriber();
    const cancelled = event();
    world.stripe.customers.set('cus_1', []);
    await takeEvent(world.ports, cancelled);
    const { billing } = world.user();
    await takeEvent(world.ports, cancelled);
    expect(world.user().billing).toEqual(billing);
    expect(world.applied).toHaveLength(2);
  });

  test('may come in any order and number: what Stripe has in the end counts', async () => {
    const states = fc.constantFrom('active', 'past_due', 'unpaid', 'canceled', 'none');
    await fc.assert(
      fc.asyncProperty(
        fc.array(states, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(5)),
        async (history, picks) => {
          const world = await subscriber();
          const sent = history.map((status) => {
            world.stripe.customers.set(
              'cus_1',
              status === 'none' ? [] : [subscription({ status: status as never })],
            );
            return event();
          });
          // All come after the last change, shuffled and some twice.
          for (let turn = 0; turn < sent.length * 2; turn += 1) {
            const one = sent[picks.next().value % sent.length];
            if (one !== undefined) await takeEvent(world.ports, one);
          }
          const isPaid = ['active', 'past_due'].includes(history.at(-1) ?? '');
          expect(allowed(world)).toEqual(isPaid ? ['free', 'pro'] : ['free']);
          expect(world.key('key_1')?.plan).toBe(isPaid ? 'pro' : 'free');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('at once do not write an older answer of Stripe’s over a newer', async () => {
    const world = await subscriber();
    const list = world.ports.payments.listSubscriptions;
    let isFirst = true;
    world.ports.payments.listSubscriptions = async (id) => {
      const answer = await list(id);
      if (!isFirst) return answer;
      isFirst = false;
      // While the first event's answer is on its way, the subscription ends, and the second event is applied.
      world.stripe.customers.set('cus_1', []);
      await takeEvent(world.ports, event());
      return answer;
    };
    await takeEvent(world.ports, event());
    expect(world.user().billing?.subscriptions).toEqual([]);
    expect(world.key('key_1')?.plan).toBe('free');
  });

  test.each([
    ['of another customer', event({ customerId: 'cus_other' })],
    ['of no customer', event({ customerId: undefined })],
    ['of a type that changes nothing', event({ type: 'payment_intent.created' })],
  ])('%s change nothing', async (_name, other) => {
    const world = await subscriber();
    const before = world.user();
    await takeEvent(world.ports, other);
    expect(world.user()).toEqual(before);
    expect(world.events.has(other.id)).toBe(false);
  });

  test('of the customer that the user had before are not the user’s', async () => {
    const world = await subscriber();
    world.customers.set('cus_0', { userId: 'ada', isEnded: false });
    world.stripe.customers.set('cus_0', []);
    await takeEvent(world.ports, event({ customerId: 'cus_0' }));
    expect(allowed(world)).toEqual(['free', 'pro']);
  });

  test('are followed by the types that Stripe sends about subscriptions and payments', () => {
    expect(followedEvents).toContain('customer.subscription.deleted');
    expect(followedEvents).toContain('invoice.payment_failed');
  });
});

describe('a user who leaves', () => {
  test('has all subscriptions cancelled, also one that is paid for afterwards', async () => {
    const world = await subscriber();
    await endBilling(world.ports, 'ada');
    expect(world.stripe.customers.get('cus_1')).toEqual([]);
    expect(world.intent()).toBeUndefined();
    world.setUser({ status: 'deleting' });
    world.stripe.customers.set('cus_1', [subscription({ id: 'sub_late' })]);
    await takeEvent(world.ports, event({ type: 'checkout.session.completed' }));
    expect(world.stripe.customers.get('cus_1')).toEqual([]);
  });

  test.each(['gone', 'deleting'])('is not billed on when only the record is %s', async (state) => {
    const world = await subscriber();
    world.setUser(state === 'gone' ? undefined : { status: 'deleting' });
    await takeEvent(world.ports, event());
    expect(world.stripe.customers.get('cus_1')).toEqual([]);
  });

  test('need not have been a customer, and may be ended again', async () => {
    const world = billingWorld();
    await endBilling(world.ports, 'ada');
    const paying = await subscriber();
    await endBilling(paying.ports, 'ada');
    await endBilling(paying.ports, 'ada');
    expect(paying.stripe.customers.get('cus_1')).toEqual([]);
  });
});

test('a suspended user’s subscription is followed, and the keys are moved', async () => {
  const world = await subscriber();
  world.setUser({ status: 'suspended' });
  world.stripe.customers.set('cus_1', []);
  await takeEvent(world.ports, event());
  expect(world.key('key_1')?.plan).toBe('free');
});

test('without a plan for all, the key of an ended subscription is revoked', async () => {
  const plans = [
    somePlan({ name: 'pro', usagePlanName: 'Pro', selfService: false, stripePriceId: 'price_pro' }),
  ];
  const world = await subscriber({ plans });
  world.stripe.customers.set('cus_1', []);
  await takeEvent(world.ports, event());
  expect(world.key('key_1')?.status).toBe('revoked');
});

test('a key whose models the other plans don’t have is revoked too', async () => {
  const plans = [
    somePlan({ name: 'free', usagePlanName: 'Free', models: ['small'] }),
    somePlan({ name: 'pro', usagePlanName: 'Pro', selfService: false, stripePriceId: 'price_pro' }),
  ];
  const world = await subscriber({ plans });
  world.addKey('key_1', 'pro', { models: ['large'] });
  world.stripe.customers.set('cus_1', []);
  await takeEvent(world.ports, event());
  expect(world.key('key_1')?.status).toBe('revoked');
});

test('a key that is being made when the subscription ends is moved by the reconciler', async () => {
  const world = await subscriber();
  world.addKey('key_2', 'max', { status: 'creating' });
  world.stripe.customers.set('cus_1', []);
  await takeEvent(world.ports, event());
  expect(world.notMoved).toHaveLength(1);
  expect(world.intent()).toBeDefined();
  await expect(finishBilling(world.ports, 'ada')).rejects.toMatchObject({ code: 'key_busy' });
  world.addKey('key_2', 'max');
  await finishBilling(world.ports, 'ada');
  expect(world.key('key_2')?.status).toBe('revoked');
  expect(world.intent()).toBeUndefined();
});

describe('whatever call fails, before or after it is applied', () => {
  const ending = async (fault: { nth: number; when: 'before' | 'after' } | undefined) => {
    const world = await subscriber();
    world.stripe.customers.set('cus_1', []);
    world.failNext(fault);
    const from = world.calls.length;
    const cancelled = event();
    await takeEvent(world.ports, cancelled).catch(() => undefined);
    const made = world.calls.slice(from);
    world.mend();
    return { world, made, cancelled };
  };

  test('the key ends up on one plan that is allowed, bound to it alone, after Stripe repeats the event and the reconciler comes', async () => {
    const { made } = await ending(undefined);
    expect(made.length).toBeGreaterThan(8);
    for (let nth = 1; nth <= made.length; nth += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, cancelled } = await ending({ nth, when });
        await takeEvent(world.ports, cancelled);
        // An interrupted change is undone a minute later at the earliest.
        world.wait(300_000);
        await finishBilling(world.ports, 'ada');
        expect([
          made[nth - 1],
          when,
          world.key('key_1')?.plan,
          world.boundTo('key_1'),
          world.intent(),
        ]).toEqual([made[nth - 1], when, 'free', ['Free'], undefined]);
        expect(world.applied).toHaveLength(2);
      }
    }
  });

  test('an end that is repeated cancels everything', async () => {
    for (let nth = 1; nth <= 5; nth += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = await subscriber();
        world.failNext({ nth, when });
        await endBilling(world.ports, 'ada').catch(() => undefined);
        world.mend();
        await endBilling(world.ports, 'ada');
        expect([nth, when, world.stripe.customers.get('cus_1'), world.intent()]).toEqual([
          nth,
          when,
          [],
          undefined,
        ]);
      }
    }
  });
});

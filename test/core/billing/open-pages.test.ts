import { openPortal, startCheckout } from '../../../core/billing/open-pages.ts';
import { billingWorld, page, subscription } from './billing-world.ts';

const checkout = ({ ports, user }: ReturnType<typeof billingWorld>, plan = 'pro') =>
  startCheckout(ports, user(), plan, page);

test('the first checkout makes a customer, and leads back to the console', async () => {
  const world = billingWorld();
  expect(await checkout(world)).toBe('https://pay/1');
  expect(world.stripe.made).toHaveLength(1);
  const [customerId] = world.stripe.made;
  expect(world.user().billing).toEqual({ customerId, rev: 1, subscriptions: [] });
  expect(world.stripe.pages).toEqual([
    {
      customerId,
      userId: 'ada',
      priceId: 'price_pro',
      paidUrl: `${page}?checkout=paid&plan=pro`,
      leftUrl: `${page}?checkout=left`,
    },
  ]);
});

test('the second goes to the same customer', async () => {
  const world = billingWorld();
  await checkout(world);
  await checkout(world, 'max');
  expect(world.stripe.made).toHaveLength(1);
});

test('two at once make one customer', async () => {
  const world = billingWorld();
  const read = world.user();
  await Promise.all([
    startCheckout(world.ports, read, 'pro', page),
    startCheckout(world.ports, read, 'pro', page),
  ]);
  expect(world.stripe.made).toHaveLength(1);
});

test.each(['active', 'trialing'] as const)('whoever has one that is %s changes it', async (status) => {
  const world = billingWorld();
  world.enrol('cus_1', [subscription({ status })]);
  expect(await checkout(world, 'max')).toBe('https://portal/1');
  expect(world.stripe.pages).toMatchObject([
    {
      customerId: 'cus_1',
      returnUrl: page,
      change: { priceId: 'price_max', subscription: { id: 'sub_1', itemId: 'si_1' } },
    },
  ]);
});

test.each(['past_due', 'unpaid', 'paused'] as const)(
  'whoever has one that is %s is led to where it can be paid, and can’t subscribe beside it',
  async (status) => {
    const world = billingWorld();
    world.enrol('cus_1', [subscription({ status })]);
    await checkout(world, 'max');
    expect(world.stripe.pages).toEqual([{ customerId: 'cus_1', returnUrl: page, change: undefined }]);
  },
);

test('the plan that is paid for already is shown in the portal', async () => {
  const world = billingWorld();
  world.enrol('cus_1', [subscription()]);
  await checkout(world);
  expect(world.stripe.pages).toEqual([{ customerId: 'cus_1', returnUrl: page, change: undefined }]);
});

test.each(['incomplete', 'incomplete_expired'] as const)(
  'one that is %s is no subscription',
  async (status) => {
    const world = billingWorld();
    world.enrol('cus_1', [subscription({ status })]);
    expect(await checkout(world)).toBe('https://pay/1');
  },
);

test('a customer who was deleted at Stripe is made anew', async () => {
  const world = billingWorld();
  world.enrol('cus_1');
  world.stripe.customers.delete('cus_1');
  await checkout(world);
  expect(world.user().billing?.customerId).toBe(world.stripe.made[0]);
});

test('a plan that is free or unknown is not sold', async () => {
  const world = billingWorld();
  await expect(checkout(world, 'free')).rejects.toMatchObject({ code: 'invalid_request', param: 'plan' });
  await expect(checkout(world, 'gone')).rejects.toMatchObject({ code: 'unknown_plan' });
  expect(world.stripe.made).toEqual([]);
});

test('a user who is leaving becomes no customer', async () => {
  const world = billingWorld();
  const read = world.user();
  world.setUser({ status: 'deleting' });
  await expect(startCheckout(world.ports, read, 'pro', page)).rejects.toMatchObject({
    code: 'service_unavailable',
  });
});

test('the portal is for customers', async () => {
  const world = billingWorld();
  await expect(openPortal(world.ports, world.user(), page)).rejects.toMatchObject({ code: 'not_found' });
  world.enrol('cus_1');
  expect(await openPortal(world.ports, world.user(), page)).toBe('https://portal/1');
});

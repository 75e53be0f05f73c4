import type { UserRecord } from '../accounts/ports.ts';
import type { BillingRecords, StripeEvent } from './ports.ts';
import { type RebindKeysPorts, rebindKeys } from './rebind-keys.ts';
import { cancelAll, type SyncPorts, syncCustomer } from './sync-customer.ts';

export interface BillingPorts extends SyncPorts, RebindKeysPorts {
  billing: SyncPorts['billing'] & Pick<BillingRecords, 'finishRebind' | 'endCustomer' | 'removeIntent'>;
  onRebindFailed(userId: string, error: unknown): void;
}

/** Events after which a customer's subscriptions may be other than before. All others are taken and change nothing. */
export const followedEvents = [
  'checkout.session.completed',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.updated',
  'invoice.paid',
  'invoice.payment_failed',
] as const;

/**
 * Applies one event of Stripe's. The keys are moved before the answer where that works; where it doesn't, the intent is left to
 * the reconciler, since Stripe would only send the event again, which is then known.
 */
export async function takeEvent(ports: BillingPorts, event: StripeEvent): Promise<void> {
  const isFollowed = (followedEvents as readonly string[]).includes(event.type);
  if (!isFollowed || event.customerId === undefined) return;
  const user = await syncCustomer(ports, event.customerId, event);
  if (typeof user === 'string') return;
  await rebindKeys(ports, user).catch((error: unknown) => ports.onRebindFailed(user.userId, error));
}

/**
 * Finishes what an event began: asks Stripe again, and moves what keys are left, also those that were being made when the event
 * came. Done again when the days of grace end.
 */
export async function finishBilling(ports: BillingPorts, userId: string): Promise<void> {
  const found = await ports.billing.findUser(userId);
  if (found?.billing === undefined) return ports.billing.removeIntent(userId);
  const user = await syncCustomer(ports, found.billing.customerId);
  if (typeof user === 'string') return ports.billing.removeIntent(userId);
  await rebindKeys(ports, user);
  await ports.billing.finishRebind(user, endOfGrace(user, ports.clock.now()), ports.clock.now());
}

function endOfGrace({ billing }: UserRecord, now: number): number | undefined {
  const ends = (billing?.subscriptions ?? []).flatMap(({ graceEndsAt = 0 }) =>
    graceEndsAt > now ? [graceEndsAt] : [],
  );
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/**
 * Cancels what a user pays for, before the account is deleted. First it is remembered that the customer's user is gone, so that
 * what is paid for on a page that is still open is cancelled too.
 */
export async function endBilling(ports: BillingPorts, userId: string): Promise<void> {
  const customerId = (await ports.billing.findUser(userId))?.billing?.customerId;
  if (customerId !== undefined) {
    await ports.billing.endCustomer(customerId, userId, ports.clock.now());
    await cancelAll(ports, customerId);
  }
  await ports.billing.removeIntent(userId);
}

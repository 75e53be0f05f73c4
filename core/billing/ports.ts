import type { UserRecord } from '../accounts/ports.ts';
import type { KeptSubscription, Subscription } from './subscriptions.ts';

/** An event that Stripe has signed. */
export interface StripeEvent {
  id: string;
  type: string;
  /** The customer that it is about; undefined: about none. */
  customerId?: string | undefined;
}

/** Stripe's API, as far as it is used. A customer or subscription that is gone is no failure. */
export interface Payments {
  /** @param after the customer that it replaces. The same call again has the same answer, even if a reply was lost */
  createCustomer(user: { userId: string; email: string; after: string | undefined }): Promise<string>;
  /** Of those that are over, not all. @returns undefined if Stripe no longer has the customer */
  listSubscriptions(customerId: string): Promise<Subscription[] | undefined>;
  /** At once, and without paying anything back. */
  cancelSubscription(subscriptionId: string): Promise<void>;
  /** @returns the address of a page on which the customer subscribes */
  openCheckout(checkout: {
    customerId: string;
    userId: string;
    priceId: string;
    paidUrl: string;
    leftUrl: string;
  }): Promise<string>;
  /**
   * @param change to another price, which the page then asks to confirm
   * @returns the address of a page on which the customer sees and changes what they pay
   */
  openPortal(portal: {
    customerId: string;
    returnUrl: string;
    change?: { subscription: Subscription; priceId: string; doneUrl: string } | undefined;
  }): Promise<string>;
}

export interface BillingRecords {
  /** The customer's user; undefined: not a customer of this deployment. */
  findCustomer(customerId: string): Promise<{ userId: string; isEnded: boolean } | undefined>;
  findUser(userId: string): Promise<UserRecord | undefined>;
  /** Makes a customer the user's. @returns false if the record has changed since it was read, or its user is leaving */
  addCustomer(user: UserRecord, customerId: string): Promise<boolean>;
  /**
   * Writes what Stripe has, the event, an intent to rebind keys and an entry of the audit trail, all or none.
   * @returns `repeated` if the event has been applied before, `changed` if the record has changed since it was read
   */
  apply(user: UserRecord, change: BillingChange): Promise<'applied' | 'repeated' | 'changed'>;
  /**
   * Removes the intent to rebind keys, or leaves it for later, unless the record has changed since it was read: that change has
   * written an intent of its own.
   */
  finishRebind(user: UserRecord, againAt: number | undefined, now: number): Promise<void>;
  /** Remembers for some weeks that the customer's user is gone, so that what is paid later is cancelled. */
  endCustomer(customerId: string, userId: string, now: number): Promise<void>;
  removeIntent(userId: string): Promise<void>;
}

export interface BillingChange {
  subscriptions: readonly KeptSubscription[];
  /** Undefined: read without an event. */
  event: Pick<StripeEvent, 'id'> | undefined;
  /** Names of the plans that are paid for, before and after. */
  plans: { from: readonly string[]; to: readonly string[] };
  now: number;
}

/** What other functions ask the billing function for. */
export interface BillingWork {
  /** Cancels what the user pays for. Repeating it is harmless. */
  end(userId: string): Promise<void>;
  /** Reads from Stripe what the user pays for, and moves their keys accordingly. */
  finish(userId: string): Promise<void>;
}

/** As another function has it, which may not learn how what it asked for ended. */
export interface AskedBilling extends BillingWork {
  /** By then nothing runs any more that was asked for and not answered. */
  runsUntil(): number;
}

/** How they ask for it. */
export interface BillingRequest {
  billing: keyof BillingWork;
  userId: string;
}

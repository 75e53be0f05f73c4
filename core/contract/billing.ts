import * as z from 'zod';
import type { RouteContract } from './route-contract.ts';

export const checkoutBody = z.strictObject({
  plan: z
    .string()
    .min(1, 'must not be empty')
    .max(63, 'must have at most 63 characters')
    .describe('The plan to pay for: one with a `stripePriceId` in `GET /v1/plans`'),
});

const pageAnswer = z
  .strictObject({
    url: z.url().describe('The page to open, at Stripe. It works for this user, and for some hours at most'),
  })
  .meta({ title: 'BillingPage' });

/** These routes exist only where `billing` is set. */
export const billingRoutes = {
  startCheckout: {
    method: 'post',
    path: '/v1/billing/checkout',
    access: 'login',
    onlyWhere: 'billing',
    summary: 'Open the page on which I subscribe to a plan, or change to it (only where billing is set)',
    body: checkoutBody,
    answers: { 200: { description: 'A page of Stripe’s', schema: pageAnswer } },
    errors: ['unknown_plan', 'email_not_confirmed'],
  },
  openBillingPortal: {
    method: 'post',
    path: '/v1/billing/portal',
    access: 'login',
    onlyWhere: 'billing',
    summary: 'Open the page on which I see and change what I pay (only where billing is set)',
    answers: { 200: { description: 'A page of Stripe’s', schema: pageAnswer } },
    errors: ['not_found'],
  },
  takeBillingEvent: {
    method: 'post',
    path: '/v1/billing/webhook',
    access: 'public',
    onlyWhere: 'billing',
    summary: 'Take an event that Stripe has signed (only where billing is set)',
    headers: {
      'stripe-signature': {
        description: 'Made by Stripe with the webhook’s secret, of the body’s bytes and the time',
        required: true,
        schema: z.string(),
      },
    },
    answers: {
      200: {
        description: 'The event is applied, was applied before, or changes nothing here',
        schema: z.strictObject({ received: z.literal(true) }),
      },
    },
    errors: ['invalid_signature', 'invalid_request', 'payload_too_large'],
  },
} as const satisfies Record<string, RouteContract>;

import type { billingRoutes } from '../billing.ts';
import type { oneTimeMessageRoutes } from '../one-time-messages.ts';
import { receiptHeaderName } from '../one-time-messages.ts';
import { at, inADay, messageId, plan, receipt } from './example-values.ts';
import type { RouteExample } from './route-example.ts';

const parameters = { id: messageId };
const ofSender = { ...parameters, [receiptHeaderName]: receipt };
const waiting = { id: messageId, status: 'waiting', expiresAt: inADay };
const standing = { ...waiting, createdAt: at, revealedAt: null, burnedAt: null };
const gone = {
  not_found: {
    message:
      'There is no message to read here: it was read or burned, its time is over, or there never was one.',
  },
};
const ofReceipt = {
  not_found: {
    message:
      'There is no message with this receipt. Receipts are kept until seven days after their message expires.',
  },
  invalid_request: {
    message: `Send the message’s receipt in the header ${receiptHeaderName}.`,
    param: receiptHeaderName,
  },
};

export const oneTimeMessageExamples: Record<keyof typeof oneTimeMessageRoutes, RouteExample> = {
  createOneTimeMessage: {
    body: { message: 'The key is under the mat.', expiresIn: '24h' },
    answers: {
      201: {
        id: messageId,
        url: `https://llm.example.com/secrets/${messageId}`,
        receipt,
        expiresAt: inADay,
      },
    },
  },
  getOneTimeMessage: { parameters, answers: { 200: waiting }, refusals: gone },
  revealOneTimeMessage: {
    parameters,
    answers: { 200: { message: 'The key is under the mat.' } },
    refusals: gone,
  },
  getReceipt: { parameters: ofSender, answers: { 200: standing }, refusals: ofReceipt },
  burnOneTimeMessage: {
    parameters: ofSender,
    answers: { 200: { ...standing, status: 'burned', burnedAt: at } },
    refusals: ofReceipt,
  },
};

export const billingExamples: Record<keyof typeof billingRoutes, RouteExample> = {
  startCheckout: {
    body: { plan },
    answers: { 200: { url: 'https://checkout.stripe.com/c/pay/cs_example' } },
  },
  openBillingPortal: {
    answers: { 200: { url: 'https://billing.stripe.com/p/session/bps_example' } },
    refusals: {
      not_found: {
        message: 'There is nothing to manage yet: subscribe to a plan first, with POST /v1/billing/checkout.',
      },
    },
  },
  takeBillingEvent: {
    parameters: { 'stripe-signature': 't=1795348800,v1=5257a869e7ec' },
    answers: { 200: { received: true } },
    refusals: {
      invalid_request: {
        message: 'This event is of the other mode, which this deployment doesn’t serve.',
        param: 'livemode',
      },
    },
  },
};

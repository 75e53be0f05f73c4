import { byField, limitRows } from '../../metering/windows.ts';
import type { keyRoutes } from '../api-keys.ts';
import type { planRoutes } from '../plans.ts';
import type { providerKeyRoutes } from '../provider-keys.ts';
import type { requestRoutes } from '../requests.ts';
import type { usageRoutes } from '../usage.ts';
import { at, inAMinute, keyId, model, plan, requestId, secret, today, tomorrow } from './example-values.ts';
import { badLimit, ofFunction } from './refusal-examples.ts';
import type { RouteExample } from './route-example.ts';

const onlyRequestsPerDay = (most: number) => ({
  ...byField(limitRows, () => null),
  requestsPerDay: most,
});
const windows = [{ unit: 'requests', window: 'day', limit: 10, used: 3, remaining: 7, resetsAt: tomorrow }];
export const keyExample = {
  id: keyId,
  name: 'My first key',
  plan,
  status: 'active',
  activation: null,
  last4: secret.slice(-4),
  createdAt: at,
  lastUsedAt: at,
  expiresAt: null,
  used: 3,
  remaining: 7,
  limits: { ...onlyRequestsPerDay(10), perClient: null },
  windows,
  models: null,
  allowedHosts: null,
  requiresProviderKey: false,
  previousValueEndsAt: null,
};
const activating = {
  status: 'activating',
  activation: {
    expectedBy: inAMinute,
    message:
      'API Gateway may need up to a minute to let this key in. A call answered 401 invalid_api_key until then: try again.',
  },
};
const parameters = { id: keyId };
const repeatable = { 'Idempotency-Key': 'c0ffee-1' };
const fromPlan = (name: string, price: string, most: number) => ({
  name,
  ...onlyRequestsPerDay(most),
  models: null,
  maxKeysPerPlan: 1,
  price,
  selfService: true,
  stripePriceId: null,
});

export const keyExamples: Record<keyof typeof keyRoutes, RouteExample> = {
  createApiKey: {
    parameters: repeatable,
    body: { name: 'My first key', plan },
    answers: {
      201: {
        ...keyExample,
        ...activating,
        lastUsedAt: null,
        used: 0,
        remaining: 10,
        windows: [{ ...windows[0], used: 0, remaining: 10 }],
        key: secret,
      },
    },
    refusals: {
      key_busy: {
        message: `A key is being added to the plan '${plan}' or removed from it right now. Check your keys in a moment, or try again.`,
        param: 'plan',
      },
      key_ended: {
        message:
          'This call was answered before, and the key it returned no longer works: it was revoked, expired or rotated. Use a new Idempotency-Key.',
        param: 'Idempotency-Key',
      },
    },
  },
  listApiKeys: {
    parameters: { limit: '20' },
    answers: { 200: { data: [keyExample], nextCursor: null } },
    refusals: badLimit(100),
  },
  getApiKey: { parameters, answers: { 200: keyExample } },
  rotateApiKey: {
    parameters: { ...parameters, ...repeatable },
    body: { graceSeconds: 3600 },
    answers: {
      200: { ...keyExample, ...activating, previousValueEndsAt: '2026-11-22T13:00:00.000Z', key: secret },
    },
    refusals: {
      invalid_request: { message: 'graceSeconds must not be negative.', param: 'graceSeconds' },
    },
  },
  updateApiKey: {
    parameters,
    body: { name: 'My laptop', limits: { requestsPerDay: 5 } },
    answers: {
      200: {
        ...keyExample,
        name: 'My laptop',
        remaining: 2,
        limits: { ...onlyRequestsPerDay(5), perClient: null },
        windows: [{ ...windows[0], limit: 5, remaining: 2 }],
      },
    },
  },
  revokeApiKey: { parameters, answers: { 200: { ...keyExample, status: 'revoked' } } },
  getCurrentKey: {
    answers: {
      200: {
        id: keyId,
        name: 'My first key',
        plan,
        status: 'active',
        limit: 10,
        used: 3,
        remaining: 7,
        tokens: null,
        windows,
        resetsAt: tomorrow,
        expiresAt: null,
      },
    },
    refusals: ofFunction,
  },
};

export const planExamples: Record<keyof typeof planRoutes, RouteExample> = {
  listPlans: {
    answers: {
      200: {
        data: [fromPlan(plan, 'Free', 10), fromPlan('20-per-day', 'Free', 20)],
        nextCursor: null,
      },
    },
  },
};

export const usageRowExample = {
  date: today,
  keyId,
  keyName: 'My first key',
  requests: 3,
  refused: 0,
  inputTokens: 27,
  outputTokens: 42,
  cachedTokens: 0,
  cost: 0.0000117,
};

export const usageExamples: Record<keyof typeof usageRoutes, RouteExample> = {
  getUsage: {
    parameters: { limit: '100' },
    answers: { 200: { data: [usageRowExample], nextCursor: null } },
    refusals: badLimit(1000),
  },
};

export const loggedRequestExample = {
  time: at,
  requestId,
  keyId,
  keyName: 'My first key',
  route: '/v1/chat/completions',
  model,
  status: 200,
  code: null,
  mark: 'metered',
  firstTokenMs: 240,
  totalMs: 910,
  inputTokens: 9,
  outputTokens: 14,
  cachedTokens: 0,
  cost: 0.0000039,
  count: 1,
};

export const requestExamples: Record<keyof typeof requestRoutes, RouteExample> = {
  listRequests: {
    parameters: { status: '2xx', limit: '50' },
    answers: { 200: { data: [loggedRequestExample], nextCursor: null } },
    refusals: {
      not_found: { message: 'This service keeps no list of calls. Totals are at GET /v1/usage.' },
      ...badLimit(100),
    },
  },
};

const kept = { provider: 'openai', keyId: null, last4: 'wxyz', createdAt: at };
const ofProvider = { parameters: { provider: 'openai' } };
const noneKept = { not_found: { message: "No key of yours for 'openai' is kept here." } };
const badKeyId = {
  invalid_request: { message: 'keyId must have at most 100 characters.', param: 'keyId' },
};
const noProvider = {
  not_found: { message: 'There is no such provider that takes keys of your own. None does here.' },
};

export const providerKeyExamples: Record<keyof typeof providerKeyRoutes, RouteExample> = {
  listProviderKeys: { answers: { 200: { data: [kept], nextCursor: null } }, refusals: badKeyId },
  putProviderKey: {
    ...ofProvider,
    body: { key: 'your-key-at-openai-wxyz' },
    answers: { 200: kept },
    refusals: {
      ...noProvider,
      key_ended: { message: 'This key or account has ended meanwhile, so nothing was kept.' },
    },
  },
  getProviderKey: { ...ofProvider, answers: { 200: kept }, refusals: { ...noProvider, ...badKeyId } },
  deleteProviderKey: { ...ofProvider, answers: { 200: kept }, refusals: { ...noneKept, ...badKeyId } },
};

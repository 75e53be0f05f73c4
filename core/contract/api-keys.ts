import * as z from 'zod';
import { byField, type LimitRow, limitRows, requestRows } from '../metering/windows.ts';
import {
  createKeyBody,
  idempotencyHeaders,
  limitDescription,
  rotateKeyBody,
  updateKeyBody,
} from './key-requests.ts';
import { isoTime, pageOf, pageQuery, type RouteContract } from './route-contract.ts';
import { slowRouteSeconds } from './route-time.ts';

const amount = ({ unit }: LimitRow) => (unit === 'dollars' ? z.number() : z.int());
export const shown = (row: LimitRow) =>
  amount(row)
    .nullable()
    .describe(`${limitDescription(row)}; null: not limited`);
/** Every limit as it is shown. */
export const shownLimits = z.strictObject(byField(limitRows, shown));
/** Limits as they are shown; null: no such limit. */
export const shownRequestLimits = z.strictObject(byField(requestRows, shown)).nullable();
/** Limits in their current windows. */
export const windows = z
  .array(
    z
      .strictObject({
        unit: z.enum(['requests', 'tokens', 'dollars']).describe('What is counted; `dollars`: US dollars'),
        window: z.enum(requestRows.map(({ kind }) => kind)).describe('How long the window lasts'),
        limit: z.number().describe('The most that the window allows'),
        used: z.number().describe('What has been used in this window'),
        remaining: z
          .number()
          .describe('What is left, never below 0; calls in progress may still use more tokens and dollars'),
        resetsAt: isoTime.describe('When the next window begins (ISO 8601, UTC; weeks begin on Monday)'),
      })
      .meta({ title: 'LimitWindow' }),
  )
  .describe('Each of the key’s limits, with its current window');
const keyFields = {
  id: z.string().describe('The key’s id, `key_…`'),
  name: z.string().describe('The key’s name'),
  plan: z.string().describe('The name of its plan'),
  status: z
    .enum(['activating', 'active', 'revoked', 'expired'])
    .describe('`activating`: just created or changed, so API Gateway may still refuse it for up to a minute'),
  activation: z
    .strictObject({
      expectedBy: isoTime.describe('When the key will be `active` at the latest (ISO 8601, UTC)'),
      message: z.string().describe('What to expect until then, for people to read'),
    })
    .nullable()
    .describe('null unless the status is `activating`'),
  last4: z.string().describe('The last four characters of the secret'),
  createdAt: isoTime.describe('When the key was created (ISO 8601, UTC)'),
  lastUsedAt: isoTime
    .nullable()
    .describe('When a call was last charged to the key (ISO 8601, UTC); null: never'),
  expiresAt: isoTime.nullable().describe('When the key expires (ISO 8601, UTC); null: it does not'),
  used: z.int().describe('Requests charged today (UTC)'),
  remaining: z.int().nullable().describe('Requests left today (UTC); null: not limited'),
  limits: z
    .strictObject({
      ...byField(limitRows, shown),
      perClient: shownRequestLimits.describe('Limits for each caller’s IP address; null: none'),
    })
    .describe('The limits that apply to the key; null: no such limit')
    .meta({ title: 'KeyLimits' }),
  windows,
  models: z.array(z.string()).nullable().describe('The models that the key may call; null: every model'),
  allowedHosts: z.array(z.string()).nullable().describe('Hosts whose web pages may use the key; null: any'),
  requiresProviderKey: z
    .boolean()
    .describe('Whether its calls need a provider key of their own, the key’s or the account’s'),
  previousValueEndsAt: isoTime
    .nullable()
    .describe(
      'Until when the secret from before the last rotation still works (ISO 8601, UTC); null: it no longer does',
    ),
};
export const keyAnswer = z.strictObject(keyFields).meta({ title: 'ApiKey' });
export const newKeyAnswer = z
  .strictObject({ ...keyFields, key: z.string().describe('The secret, shown this once') })
  .meta({ title: 'NewApiKey' });

export const currentKeyAnswer = z
  .strictObject({
    id: keyFields.id,
    name: keyFields.name,
    plan: keyFields.plan,
    status: keyFields.status,
    limit: z.int().nullable().describe('Requests allowed a day; null: not limited'),
    used: keyFields.used,
    remaining: keyFields.remaining,
    tokens: z
      .strictObject({
        limit: z.int().describe('Tokens allowed a day, input and output'),
        used: z.int().describe('Tokens used today (UTC)'),
        remaining: z.int().describe('What is left, never below 0; calls in progress may still use more'),
      })
      .nullable()
      .describe('The day’s tokens; null: not limited'),
    windows,
    resetsAt: isoTime.describe('When the day ends (ISO 8601, UTC)'),
    expiresAt: keyFields.expiresAt,
  })
  .meta({ title: 'CurrentKey' });

const keyId = { id: 'The key’s id, `key_…`' };

export const keyRoutes = {
  createApiKey: {
    method: 'post',
    path: '/v1/api-keys',
    access: 'login',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Create a key on a plan',
    headers: idempotencyHeaders,
    body: createKeyBody,
    answers: {
      201: { description: 'The key, with its secret, which is shown this once', schema: newKeyAnswer },
    },
    errors: [
      'unknown_plan',
      'plan_not_allowed',
      'user_suspended',
      'key_exists',
      'key_busy',
      'key_ended',
      'idempotency_busy',
      'idempotency_mismatch',
    ],
  },
  listApiKeys: {
    method: 'get',
    path: '/v1/api-keys',
    access: 'login',
    summary: 'List my keys, newest first',
    query: pageQuery,
    answers: { 200: { description: 'A page of keys', schema: pageOf(keyAnswer) } },
    errors: [],
  },
  getApiKey: {
    method: 'get',
    path: '/v1/api-keys/{id}',
    access: 'login',
    summary: 'Get one of my keys',
    pathParameters: keyId,
    answers: { 200: { description: 'The key', schema: keyAnswer } },
    errors: ['not_found'],
  },
  rotateApiKey: {
    method: 'post',
    path: '/v1/api-keys/{id}/rotate',
    access: 'login',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Give a key a new secret',
    pathParameters: keyId,
    headers: idempotencyHeaders,
    body: rotateKeyBody,
    bodyOptional: true,
    answers: {
      200: {
        description:
          'The key, with its new secret, which is shown this once. The old secret works until the grace period ends',
        schema: newKeyAnswer,
      },
    },
    errors: [
      'not_found',
      'key_ended',
      'key_busy',
      'user_suspended',
      'idempotency_busy',
      'idempotency_mismatch',
    ],
  },
  updateApiKey: {
    method: 'patch',
    path: '/v1/api-keys/{id}',
    access: 'login',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Change a key’s name, plan or settings',
    pathParameters: keyId,
    body: updateKeyBody,
    answers: {
      200: {
        description: 'The key as it is now. What has been used today stays used',
        schema: keyAnswer,
      },
    },
    errors: [
      'not_found',
      'unknown_plan',
      'unsupported_parameter',
      'plan_not_allowed',
      'user_suspended',
      'key_exists',
      'key_ended',
      'key_busy',
    ],
  },
  revokeApiKey: {
    method: 'delete',
    path: '/v1/api-keys/{id}',
    access: 'login',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Revoke a key',
    pathParameters: keyId,
    answers: {
      200: { description: 'The revoked key. From now on, no call with it succeeds', schema: keyAnswer },
    },
    errors: ['not_found'],
  },
  getCurrentKey: {
    method: 'get',
    path: '/v1/api-key',
    access: 'key',
    unmetered: true,
    summary: 'Get the state and limits of the key that makes the call; not charged',
    answers: { 200: { description: 'The key, with what is left of its limits', schema: currentKeyAnswer } },
    errors: ['invalid_api_key'],
  },
} as const satisfies Record<string, RouteContract>;

import * as z from 'zod';
import { byField, limitRows, requestRows } from '../metering/windows.ts';
import { allowedHosts } from './allowed-hosts.ts';
import { idempotencyHeaders } from './idempotency-key.ts';
import { isoTime, pageOf, pageQuery, type RouteContract, slowRouteSeconds } from './route-contract.ts';

const limit = z.int('must be a whole number').min(1, 'must be at least 1').optional();

/** Characters of a key's name. */
export const longestName = 100;

const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(longestName, `must have at most ${longestName} characters`)
  // Names go into logs, files and terminals: nothing that breaks a line, moves a cursor or hides text.
  .regex(
    /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u,
    'must not hold line breaks, control or invisible characters',
  )
  .describe('For people; need not be unique');
const plan = z.string().min(1, 'must not be empty').max(100).describe('A plan of GET /v1/plans');

export const createKeyBody = z.strictObject({
  name,
  plan,
  expiresIn: z
    .string()
    .max(40)
    .optional()
    .describe(
      '`30d`, `12h`, an ISO 8601 duration such as `P30D`, `P1M` or `PT12H`, a date (it ends as the day begins in UTC) or a time with its zone, at most ten years away; without it the key does not expire',
    ),
  models: z
    .array(z.string().min(1).max(200))
    .min(1, 'must name at least one model')
    .max(100)
    .optional()
    .describe('Models of GET /v1/models that this key may call; without it all models of the plan'),
  limits: z
    .strictObject({
      ...byField(limitRows, () => limit),
      perClient: z
        .strictObject(byField(requestRows, () => limit))
        .optional()
        .describe('For each client address'),
    })
    .optional()
    .describe('Limits of this key, none above its plan’s'),
  allowedHosts,
});
export type CreateKeyBody = z.infer<typeof createKeyBody>;

export const updateKeyBody = z
  .strictObject({ name: name.optional(), plan: plan.optional() })
  .refine((body) => body.name !== undefined || body.plan !== undefined, {
    error: 'must have a name or a plan',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });
export type UpdateKeyBody = z.infer<typeof updateKeyBody>;

/** A week: long enough to roll a value out everywhere, short enough to be an end. */
export const longestGraceSeconds = 604_800;

export const rotateKeyBody = z.strictObject({
  graceSeconds: z
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(longestGraceSeconds, `must be at most ${longestGraceSeconds}`)
    .default(3600)
    .describe('How long the old value works beside the new one'),
});

const shown = z.int().nullable();
/** Limits as they are shown; null: no such limit. */
export const shownRequestLimits = z.strictObject(byField(requestRows, () => shown)).nullable();
const windows = z
  .array(
    z.strictObject({
      unit: z.enum(['requests', 'tokens']),
      window: z.enum(requestRows.map(({ kind }) => kind)),
      limit: z.int(),
      used: z.int(),
      remaining: z.int().describe('Never below zero; calls under way may use more tokens'),
      resetsAt: isoTime.describe('When the next window begins (UTC; weeks begin on Monday)'),
    }),
  )
  .describe('Each limit of this key, in the window that is open');
const keyFields = {
  id: z.string().describe('`key_…`'),
  name: z.string(),
  plan: z.string(),
  status: z
    .enum(['activating', 'active', 'revoked', 'expired'])
    .describe('`activating`: made or changed a moment ago, API Gateway may not let it in everywhere yet'),
  activation: z
    .strictObject({
      expectedBy: isoTime.describe('From when on it is `active`'),
      message: z.string().describe('For people: what to expect until then'),
    })
    .nullable()
    .describe('null unless the status is `activating`'),
  last4: z.string().describe('The last four characters of the value'),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
  used: z.int().describe('Requests charged today (UTC)'),
  remaining: z.int().describe('Requests left today'),
  limits: z
    .strictObject({
      ...byField(limitRows, () => shown),
      perClient: shownRequestLimits.describe('For each client address'),
    })
    .describe('What holds for this key; null: no such limit'),
  windows,
  models: z.array(z.string()).nullable().describe('Models this key may call; null: every model'),
  allowedHosts: z.array(z.string()).nullable().describe('null: any'),
  previousValueEndsAt: isoTime
    .nullable()
    .describe('Until when the value before the last rotation works too; null: it doesn’t'),
};
export const keyAnswer = z.strictObject(keyFields).meta({ title: 'ApiKey' });
export const newKeyAnswer = z
  .strictObject({ ...keyFields, key: z.string().describe('The value, shown this once') })
  .meta({ title: 'NewApiKey' });

export const currentKeyAnswer = z
  .strictObject({
    id: keyFields.id,
    name: keyFields.name,
    plan: keyFields.plan,
    status: keyFields.status,
    limit: z.int().describe('Requests a day'),
    used: keyFields.used,
    remaining: keyFields.remaining,
    tokens: z
      .strictObject({
        limit: z.int(),
        used: z.int(),
        remaining: z.int().describe('Never below zero; calls under way may use more'),
      })
      .nullable()
      .describe('Tokens today; null: not limited'),
    windows,
    resetsAt: isoTime.describe('When the day ends (UTC)'),
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
    answers: { 201: { description: 'The key; its value is shown this once', schema: newKeyAnswer } },
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
    summary: 'My keys, newest first',
    query: pageQuery,
    answers: { 200: { description: 'A page of keys', schema: pageOf(keyAnswer) } },
    errors: [],
  },
  getApiKey: {
    method: 'get',
    path: '/v1/api-keys/{id}',
    access: 'login',
    summary: 'One of my keys',
    pathParameters: keyId,
    answers: { 200: { description: 'The key', schema: keyAnswer } },
    errors: ['not_found'],
  },
  rotateApiKey: {
    method: 'post',
    path: '/v1/api-keys/{id}/rotate',
    access: 'login',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Give a key a new value; the old one works until the grace ends',
    pathParameters: keyId,
    headers: idempotencyHeaders,
    body: rotateKeyBody,
    bodyOptional: true,
    answers: { 200: { description: 'The key; its new value is shown this once', schema: newKeyAnswer } },
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
    summary: 'Give a key another plan or name; what was used of the day stays used',
    pathParameters: keyId,
    body: updateKeyBody,
    answers: { 200: { description: 'The key as it is now', schema: keyAnswer } },
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
    summary: 'Revoke a key: from the answer on no call with it succeeds',
    pathParameters: keyId,
    answers: { 200: { description: 'The key, revoked', schema: keyAnswer } },
    errors: ['not_found'],
  },
  getCurrentKey: {
    method: 'get',
    path: '/v1/api-key',
    access: 'key',
    unmetered: true,
    summary: 'What the key in hand may still do; not metered',
    answers: { 200: { description: 'The key’s standing', schema: currentKeyAnswer } },
    errors: ['invalid_api_key'],
  },
} as const satisfies Record<string, RouteContract>;

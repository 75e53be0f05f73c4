import * as z from 'zod';
import { byField, type LimitRow, limitRows, requestRows } from '../metering/windows.ts';
import { allowedHosts } from './allowed-hosts.ts';
import { idempotencyHeaders } from './idempotency-key.ts';
import { isoTime, pageOf, pageQuery, type RouteContract } from './route-contract.ts';
import { slowRouteSeconds } from './route-time.ts';

const limit = z.int('must be a whole number').min(1, 'must be at least 1');

/** What a limit counts, and in which window. */
export const limitDescription = ({ unit, per }: Pick<LimitRow, 'unit' | 'per'>) =>
  `${unit === 'tokens' ? 'Input and output tokens' : 'Requests'} allowed ${per} (UTC)`;

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
  .describe('A name for people to read; need not be unique');
const plan = z
  .string()
  .min(1, 'must not be empty')
  .max(100)
  .describe('The name of a plan, from `GET /v1/plans`');

export const createKeyBody = z.strictObject({
  name,
  plan,
  expiresIn: z
    .string()
    .max(40)
    .optional()
    .describe(
      'When the key expires, at most ten years from now: a span such as `90m`, `12h`, `30d` or `2w`, an ISO 8601 duration such as `PT12H`, `P30D` or `P1M`, a date (00:00 UTC of that day), or a time with its zone. Without it, the key does not expire',
    ),
  models: z
    .array(z.string().min(1).max(200))
    .min(1, 'must name at least one model')
    .max(100)
    .optional()
    .describe('The models that the key may call, from `GET /v1/models`; without it, every model of the plan'),
  limits: z
    .strictObject({
      ...byField(limitRows, (row) => limit.optional().describe(limitDescription(row))),
      perClient: z
        .strictObject(byField(requestRows, (row) => limit.optional().describe(limitDescription(row))))
        .optional()
        .describe('Limits for each caller’s IP address; without it, none'),
    })
    .optional()
    .describe('The key’s own limits, none above its plan’s; if one is left out, the plan’s applies'),
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
    .describe('Seconds for which the old secret keeps working beside the new one'),
});

const shown = (row: LimitRow) =>
  z
    .int()
    .nullable()
    .describe(`${limitDescription(row)}; null: not limited`);
/** Limits as they are shown; null: no such limit. */
export const shownRequestLimits = z.strictObject(byField(requestRows, shown)).nullable();
const windows = z
  .array(
    z.strictObject({
      unit: z.enum(['requests', 'tokens']).describe('What is counted'),
      window: z.enum(requestRows.map(({ kind }) => kind)).describe('How long the window lasts'),
      limit: z.int().describe('The most that the window allows'),
      used: z.int().describe('What has been used in this window'),
      remaining: z.int().describe('What is left, never below 0; calls in progress may still use more tokens'),
      resetsAt: isoTime.describe('When the next window begins (ISO 8601, UTC; weeks begin on Monday)'),
    }),
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
  remaining: z.int().describe('Requests left today (UTC)'),
  limits: z
    .strictObject({
      ...byField(limitRows, shown),
      perClient: shownRequestLimits.describe('Limits for each caller’s IP address; null: none'),
    })
    .describe('The limits that apply to the key; null: no such limit'),
  windows,
  models: z.array(z.string()).nullable().describe('The models that the key may call; null: every model'),
  allowedHosts: z.array(z.string()).nullable().describe('Hosts whose web pages may use the key; null: any'),
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
    limit: z.int().describe('Requests allowed a day'),
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
    summary: 'Rename a key, or move it to another plan',
    pathParameters: keyId,
    body: updateKeyBody,
    answers: {
      200: {
        description: 'The key as it is now. What has been used today stays used on the new plan',
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

import { randomUUID } from 'node:crypto';
import type { KeyRecord } from '../../core/keys/ports.ts';
import type { CreatedMessage } from '../../core/one-time-messages/create-message.ts';
import type { SeenCall } from './aws-proxy.ts';
import type { FunctionName } from './function-worker.ts';
import type { FunctionAnswer, Outcome } from './functions.ts';
import type { Snapshot } from './inspect.ts';
import type { Platform } from './platform.ts';
import type { MadeKey, Workshop } from './workshop.ts';

export const graceSeconds = 3600;
/** Where keys are moved to. */
export const otherPlan = '20-per-day';

/** A user as an operation finds them, with what is known of their keys. */
export interface Subject {
  userId: string;
  /** Secrets that worked before, by the id of their key; the present one first. */
  secrets: string[];
  records: KeyRecord[];
  /** The one-time message that it is about. */
  message?: CreatedMessage;
}

export interface FunctionCall {
  name: FunctionName;
  event: object;
}

export interface Operation {
  name: string;
  /** The call of API Gateway by which it undoes what it did. */
  undoesBy?: 'DeleteApiKey' | 'CreateUsagePlanKey';
  prepare(platform: Platform, workshop: Workshop): Promise<Subject>;
  call(subject: Subject): FunctionCall;
  /** What is wrong once the reconciler has been, for those that don't end in a key that works or nothing. */
  check?(seen: Seen): Promise<string[]>;
}

/** An operation that was struck, and what it left. */
export interface Seen {
  subject: Subject;
  outcome: Outcome;
  /** What it called, until the fault or past it. */
  calls: readonly SeenCall[];
  /** The call that was struck, and how. */
  struck: { service: string; operation: string; kind: string };
  snapshot: Snapshot;
  workshop: Workshop;
  /** Calls a function without faults. */
  probe(call: FunctionCall): Promise<{ answer: FunctionAnswer; calls: readonly SeenCall[] }>;
}

const subjectOf = (userId: string, ...keys: MadeKey[]): Subject => ({
  userId,
  secrets: keys.map(({ secret }) => secret),
  records: keys.map(({ record }) => record),
});

async function rotated(workshop: Workshop, userId: string): Promise<{ now: MadeKey; before: MadeKey }> {
  const before = await workshop.create(userId);
  return { before, now: await workshop.rotate(before.record, graceSeconds) };
}

export const operations: readonly Operation[] = [
  {
    name: 'create key',
    undoesBy: 'DeleteApiKey',
    prepare: async (platform) => subjectOf(await platform.addUser()),
    call: ({ userId }) => ({
      name: 'create-api-key',
      event: routeEvent(userId, {
        body: { name: 'laptop', plan: '10-per-day', providerKeys: { mine: 'sk-made-with-it' } },
        headers: { 'Idempotency-Key': userId },
      }),
    }),
  },
  {
    name: 'rotate',
    undoesBy: 'DeleteApiKey',
    async prepare(platform, workshop) {
      const userId = await platform.addUser();
      return subjectOf(userId, await workshop.create(userId));
    },
    call: rotateCall,
  },
  {
    name: 'rotate again within the grace',
    undoesBy: 'DeleteApiKey',
    async prepare(platform, workshop) {
      const userId = await platform.addUser();
      return subjectOf(userId, (await rotated(workshop, userId)).now);
    },
    call: rotateCall,
  },
  {
    name: 'change the plan of a rotated key',
    undoesBy: 'CreateUsagePlanKey',
    async prepare(platform, workshop) {
      const userId = await platform.addUser();
      const { now, before } = await rotated(workshop, userId);
      return { userId, secrets: [now.secret, before.secret], records: [now.record] };
    },
    call: ({ userId, records: [record] }) => ({
      name: 'update-api-key',
      event: routeEvent(userId, {
        body: { plan: otherPlan },
        pathParameters: { id: record?.keyId ?? '' },
      }),
    }),
  },
  {
    name: 'revoke a rotated key',
    undoesBy: 'DeleteApiKey',
    async prepare(platform, workshop) {
      const userId = await platform.addUser();
      const { now, before } = await rotated(workshop, userId);
      await workshop.keep(userId, now.record.keyId, 'sk-of-the-key');
      return { userId, secrets: [now.secret, before.secret], records: [now.record] };
    },
    call: ({ userId, records: [record] }) => ({
      name: 'revoke-api-key',
      event: routeEvent(userId, { pathParameters: { id: record?.keyId ?? '' } }),
    }),
  },
  {
    name: 'delete account',
    undoesBy: 'DeleteApiKey',
    async prepare(platform, workshop) {
      const userId = await platform.addUser();
      const { now, before } = await rotated(workshop, userId);
      await workshop.keep(userId, 'account', 'sk-of-the-account');
      const second = await workshop.create(userId, { plan: '20-per-day' });
      return {
        userId,
        secrets: [now.secret, before.secret, second.secret],
        records: [now.record, second.record],
      };
    },
    call: ({ userId }) => ({ name: 'delete-me', event: routeEvent(userId, {}) }),
  },
];

function rotateCall({ userId, records: [record] }: Subject) {
  const event = routeEvent(userId, {
    body: { graceSeconds },
    pathParameters: { id: record?.keyId ?? '' },
    headers: { 'Idempotency-Key': userId },
  });
  return { name: 'rotate-api-key' as const, event };
}

interface EventParts {
  /** @default 'POST /' */
  route?: string;
  query?: Record<string, string>;
  body?: unknown;
  pathParameters?: Record<string, string>;
  headers?: Record<string, string>;
}

/** What API Gateway hands a function for a logged-in caller. */
export function routeEvent(
  userId: string,
  { route = 'POST /', query, body, pathParameters, headers }: EventParts,
): object {
  const [httpMethod, resource] = route.split(' ');
  return {
    resource,
    path: resource,
    httpMethod,
    headers: { 'Content-Type': 'application/json', ...headers },
    pathParameters: pathParameters ?? null,
    queryStringParameters: query ?? null,
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      extendedRequestId: randomUUID(),
      authorizer: { claims: { sub: userId, email: `${userId}@example.com`, email_verified: 'true' } },
      identity: { sourceIp: '192.0.2.1' },
    },
  };
}

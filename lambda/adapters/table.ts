import { createHash } from 'node:crypto';
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  DynamoDBDocumentClient,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import type { Place } from '../../core/keys/ports.ts';

/**
 * The operations of a call of a model, which has two implementations: over the transport of our own (hot-table.ts), and by
 * the SDK's client (sdk-table.ts). Both throw errors that are named as DynamoDB names them: see transact.ts.
 */
export interface ItemCalls {
  get(input: GetCommandInput): Promise<Pick<GetCommandOutput, 'Item'>>;
  batchGet(
    input: BatchGetCommandInput,
  ): Promise<Pick<BatchGetCommandOutput, 'Responses' | 'UnprocessedKeys'>>;
  put(input: PutCommandInput): Promise<unknown>;
  update(input: UpdateCommandInput): Promise<Pick<UpdateCommandOutput, 'Attributes'>>;
  transactWrite(input: TransactWriteCommandInput): Promise<unknown>;
}

/** The table as a call of a model needs it. */
export interface HotTable {
  name: string;
  items: ItemCalls;
}

/** The table and its client. docs/data-model.md lists the items. */
export interface Table extends HotTable {
  documents: DynamoDBDocumentClient;
  /** How long an event of the audit trail is kept. @default a year */
  auditDays?: number | undefined;
}

/** Partition and sort keys of every kind of item. */
export const itemKeys = {
  user: (userId: string) => ({ pk: `USER#${userId}`, sk: 'PROFILE' }),
  /** A session of the console. */
  session: (userId: string, id: string) => ({ pk: `USER#${userId}`, sk: `SESSION#${id}` }),
  key: (userId: string, keyId: string) => ({ pk: `USER#${userId}`, sk: `KEY#${keyId}` }),
  /** Outside the user's partition, since a place and what was used of it outlive the account. */
  place: ({ person, plan, slot }: Place) => ({ pk: `PERSON#${person}`, sk: `PLACE#${plan}#${slot}` }),
  /** What admins decided about an address, which outlives the account too. */
  decisions: (person: string) => ({ pk: `PERSON#${person}`, sk: 'DECISIONS' }),
  /** @param scope `account`, or the id of the key that may use it */
  providerKey: (userId: string, scope: string, provider: string) => ({
    pk: `USER#${userId}`,
    sk: `PROVIDERKEY#${scope}#${provider}`,
  }),
  usage: (userId: string, date: string, keyId: string) => ({
    pk: `USER#${userId}`,
    sk: `USAGE#${date}#${keyId}`,
  }),
  /** Sorts by the time of the charge. */
  ledger: (userId: string, chargedAt: string, chargeId: string) => ({
    pk: `USER#${userId}`,
    sk: `LEDGER#${chargedAt}#${chargeId}`,
  }),
  meter: (apiKeyId: string) => ({ pk: `APIKEY#${apiKeyId}`, sk: 'METER' }),
  /** Counters beyond one key: of a client address, a user, or a shard of the ceiling. */
  limit: (scope: string, windowId: string) => ({ pk: `LIMIT#${scope}`, sk: windowId }),
  /** The unconfirmed sign-ups of an address. */
  signUp: (addressHash: string) => ({ pk: `SIGNUP#${addressHash}`, sk: 'PENDING' }),
  /** A one-time message: what became of it, and apart from that its sealed text. */
  message: (idHash: string) => ({ pk: `MESSAGE#${idHash}`, sk: 'RECORD' }),
  sealedMessage: (idHash: string) => ({ pk: `MESSAGE#${idHash}`, sk: 'SEALED' }),
  /** Warnings of spend that the reconciler is to mail. */
  dueWarning: (id: string) => ({ pk: 'WARNING#DUE', sk: id }),
  /** What users are to be told by mail, oldest first. */
  dueNotice: (at: number, userId: string) => ({
    pk: 'NOTICE#DUE',
    sk: `${new Date(at).toISOString()}#${userId}`,
  }),
  /** What users have written to the operator, oldest first. */
  dueFeedback: (at: number, id: string) => ({
    pk: 'FEEDBACK#DUE',
    sk: `${new Date(at).toISOString()}#${id}`,
  }),
  /** The audit trail, by day, and by user and actor. */
  auditDay: (day: string, time: string, eventId: string) => ({
    pk: `AUDIT#${day}`,
    sk: `${time}#${eventId}`,
  }),
  auditUser: (userId: string, time: string, eventId: string) => ({
    pk: `AUDIT#USER#${userId}`,
    sk: `${time}#${eventId}`,
  }),
  /** Stripe's customers, outside of the users' partitions, since what is paid for later must find out that the user is gone. */
  customer: (customerId: string) => ({ pk: `CUSTOMER#${customerId}`, sk: 'BILLING' }),
  stripeEvent: (eventId: string) => ({ pk: `STRIPEEVENT#${eventId}`, sk: 'EVENT' }),
  /** Of the reconciler. */
  lastPass: () => ({ pk: 'RECONCILER', sk: 'LASTPASS' }),
  /** It stops the reconciler. */
  pause: (id: string) => ({ pk: 'RECONCILER', sk: `PAUSE#${id}` }),
  passUnderWay: (id: string) => ({ pk: 'RECONCILER', sk: `PASS#${id}` }),
  hash: (valueHash: string) => ({ pk: `HASH#${valueHash}`, sk: 'KEY' }),
  pending: (subject: string) => ({ pk: pendingPartition(shardOf(subject)), sk: subject }),
  live: (keyId: string) => ({ pk: livePartition(shardOf(keyId)), sk: keyId }),
};

/** Lists of intents and of live keys, spread so that no partition takes all writes. */
export const pendingPartition = (shard: number) => `PENDING#${shard}`;
export const livePartition = (shard: number) => `LIVE#${shard}`;

export const listShards = 16;

function shardOf(text: string): number {
  return (createHash('sha256').update(text).digest()[0] ?? 0) % listShards;
}

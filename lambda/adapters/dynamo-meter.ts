import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Charge, ChargeRequest, ChargeResult, Meter } from '../../core/metering.ts';
import {
  dayOf,
  type Standing,
  type Window,
  type WindowKind,
  windowAt,
  windowKinds,
} from '../../core/quotas.ts';
import { itemKeys, type Table } from './table.ts';

/**
 * The metering item of a key. Every window has a counter attribute of its own name, so that one conditional
 * write both checks and counts it, and a new window needs no reset: its counter isn't there yet.
 */
interface MeterItem {
  /** On the item of a later value: the id under which the key is metered. It has nothing else. */
  alias?: string;
  /** Until when each value works, by API Gateway's id of it. */
  values: Record<string, number>;
  status: 'active' | 'revoked';
  userId: string;
  keyId: string;
  plan: string;
  expiresAt?: number;
  models?: string[];
  /** `<epoch seconds in base 36>:<start of the request id>` of recent charges. */
  charged?: Set<string>;
  limits: Partial<Record<WindowKind, number>>;
  [window: `${WindowKind}-${string}`]: number;
}

/** A retried write can't come later than this (three attempts of three seconds); older ids may be forgotten. */
const chargeIdLifeSeconds = 60;
/** How far the clocks of two functions may be apart. */
const clockSkewMs = 300_000;
/** Past this many left-over entries the item is tidied in passing. */
const leftoverTolerance = 12;
/** Where rotated values are metered. It never changes, so it may be remembered as long as the function lives. */
const aliases = new Map<string, string>();
const mostAliases = 10_000;
const usageLifeSeconds = 400 * 86_400;

export function createDynamoMeter(table: Table): Meter {
  return {
    charge: (request) => charge(table, request),
    refund: (charge) => refund(table, charge),
    async settle({ charge, usage, costNanoDollars, now }) {
      await addUsage(table, charge, now, {
        requests: 1,
        inputTokens: usage.input,
        outputTokens: usage.output,
        cachedTokens: usage.cachedInput,
        costNanoDollars,
      });
      await tidy(table, charge);
    },
    countRefusal: ({ userId, keyId, now }) => addUsage(table, { userId, keyId }, now, { refused: 1 }),
  };
}

/**
 * The one write of the hot path: active, not expired, room in every window, not yet charged for this request.
 * A rotated value is charged on the item of the key's first one; where that is has to be learned once.
 */
async function charge(table: Table, request: ChargeRequest): Promise<ChargeResult> {
  const attempt = await chargeAt(table, request, aliases.get(request.apiKeyId) ?? request.apiKeyId);
  if (typeof attempt !== 'string') return attempt;
  if (aliases.size >= mostAliases) aliases.clear();
  aliases.set(request.apiKeyId, attempt);
  const second = await chargeAt(table, request, attempt);
  return typeof second === 'string' ? { outcome: 'unknown_key' } : second;
}

/** @returns the id to go to instead, where the item only names another */
async function chargeAt(
  table: Table,
  request: ChargeRequest,
  meterId: string,
): Promise<ChargeResult | string> {
  const windows = windowKinds.map((kind) => windowAt(kind, request.now));
  const chargeId = `${Math.floor(request.now / 1000).toString(36)}:${request.requestId.slice(0, 8)}`;
  try {
    const answer = await table.documents.send(chargeCommand(table, request, meterId, windows, chargeId));
    const item = answer.Attributes as MeterItem;
    return { outcome: 'charged', charge: toCharge(request, meterId, windows, chargeId, item) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (error.Item === undefined) return { outcome: 'unknown_key' };
    const item = unmarshall(error.Item) as MeterItem;
    return item.alias ?? explainRefusal(request, meterId, windows, chargeId, item);
  }
}

function chargeCommand(
  table: Table,
  request: ChargeRequest,
  meterId: string,
  windows: readonly Window[],
  chargeId: string,
) {
  const names: Record<string, string> = {
    '#status': 'status',
    '#limits': 'limits',
    '#values': 'values',
    '#value': request.apiKeyId,
  };
  const conditions = [
    '#status = :active',
    '#values.#value > :now',
    '(attribute_not_exists(expiresAt) OR expiresAt > :now)',
    '(attribute_not_exists(charged) OR NOT contains(charged, :id))',
  ];
  const counts = ['lastUsedAt = :now'];
  for (const { kind, id } of windows) {
    names[`#${kind}`] = id;
    names[`#${kind}Limit`] = kind;
    counts.push(`#${kind} = if_not_exists(#${kind}, :zero) + :one`);
    const room = `#${kind} < #limits.#${kind}Limit`;
    conditions.push(
      `(attribute_not_exists(#limits.#${kind}Limit) OR attribute_not_exists(#${kind}) OR ${room})`,
    );
  }
  return new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConditionExpression: conditions.join(' AND '),
    UpdateExpression: `SET ${counts.join(', ')} ADD charged :ids`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ':active': 'active',
      ':now': request.now,
      ':zero': 0,
      ':one': 1,
      ':id': chargeId,
      ':ids': new Set([chargeId]),
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
}

function explainRefusal(
  request: ChargeRequest,
  meterId: string,
  windows: readonly Window[],
  chargeId: string,
  item: MeterItem,
): ChargeResult {
  // The reply to our own earlier write was lost on the way: it is charged already.
  if (item.charged?.has(chargeId)) {
    return { outcome: 'charged', charge: toCharge(request, meterId, windows, chargeId, item) };
  }
  const valueEndsAt = item.values[request.apiKeyId] ?? 0;
  const endsAt = Math.min(valueEndsAt, item.expiresAt ?? valueEndsAt);
  if (item.status !== 'active' || endsAt <= request.now) return { outcome: 'unknown_key' };
  // The longest full window tells when a new attempt can succeed.
  const full = windows.findLast((window) => (item[windowName(window)] ?? 0) >= limitOf(item, window.kind));
  if (full === undefined) throw new Error('the metering write was refused for no reason we know');
  const { userId, keyId } = item;
  return { outcome: 'exceeded', window: full.kind, standing: standingIn(item, full), userId, keyId };
}

function toCharge(
  request: ChargeRequest,
  meterId: string,
  windows: readonly Window[],
  chargeId: string,
  item: MeterItem,
): Charge {
  const day = windows.find((window) => window.kind === 'day') ?? windowAt('day', request.now);
  return {
    meterId,
    chargeId,
    userId: item.userId,
    keyId: item.keyId,
    plan: item.plan,
    models: item.models,
    standing: standingIn(item, day),
    windowIds: windows.map((window) => window.id),
    leftovers: leftoversOf(item, windows, request.now),
  };
}

function standingIn(item: MeterItem, window: Window): Standing {
  const limit = limitOf(item, window.kind);
  return { limit, remaining: Math.max(0, limit - (item[windowName(window)] ?? 0)), resetsAt: window.endsAt };
}

function limitOf(item: MeterItem, kind: WindowKind): number {
  return item.limits[kind] ?? Number.POSITIVE_INFINITY;
}

function windowName(window: Window): `${WindowKind}-${string}` {
  return window.id as `${WindowKind}-${string}`;
}

function leftoversOf(item: MeterItem, current: readonly Window[], now: number): Charge['leftovers'] {
  const live = new Set(current.map((window) => window.id));
  // A slower clock may still be counting in a window that has ended for ours.
  for (const { kind } of current) live.add(windowAt(kind, now - clockSkewMs).id);
  const oldest = Math.floor(now / 1000) - chargeIdLifeSeconds;
  return {
    windowIds: Object.keys(item).filter((name) => /^(minute|hour|day)-/.test(name) && !live.has(name)),
    chargeIds: [...(item.charged ?? [])].filter((id) => Number.parseInt(id.split(':')[0] ?? '', 36) < oldest),
  };
}

async function refund(table: Table, charge: Charge): Promise<void> {
  const names = Object.fromEntries(charge.windowIds.map((id, index) => [`#w${index}`, id]));
  // A window that has passed meanwhile may have been tidied away.
  const counts = Object.keys(names).map((name) => `${name} = if_not_exists(${name}, :one) - :one`);
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.meter(charge.meterId),
    // The request id leaves with the charge, so a repeated refund finds nothing to give back.
    ConditionExpression: 'contains(charged, :id)',
    UpdateExpression: `SET ${counts.join(', ')} DELETE charged :ids`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ':one': 1, ':id': charge.chargeId, ':ids': new Set([charge.chargeId]) },
  });
  await table.documents.send(command).catch(unlessConditionFailed);
}

/** Adds to the day's row of a key. */
async function addUsage(
  table: Table,
  key: { userId: string; keyId: string },
  now: number,
  amounts: Record<string, number>,
): Promise<void> {
  const date = dayOf(now);
  const names = Object.keys(amounts);
  await table.documents.send(
    new UpdateCommand({
      TableName: table.name,
      Key: itemKeys.usage(key.userId, date, key.keyId),
      UpdateExpression: `SET keyId = :keyId, #date = :date, #ttl = :ttl ADD ${names.map((name) => `${name} :${name}`).join(', ')}`,
      ExpressionAttributeNames: { '#date': 'date', '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':keyId': key.keyId,
        ':date': date,
        ':ttl': Math.floor(now / 1000) + usageLifeSeconds,
        ...Object.fromEntries(names.map((name) => [`:${name}`, amounts[name]])),
      },
    }),
  );
}

/** Once in a while, so that the metering item stays within one write unit (1 KB). */
async function tidy(table: Table, charge: Pick<Charge, 'meterId' | 'leftovers'>): Promise<void> {
  const { windowIds, chargeIds } = charge.leftovers;
  if (windowIds.length + chargeIds.length < leftoverTolerance) return;
  const names = Object.fromEntries(windowIds.map((id, index) => [`#w${index}`, id]));
  const remove = windowIds.length > 0 ? `REMOVE ${Object.keys(names).join(', ')}` : '';
  const forget = chargeIds.length > 0 ? 'DELETE charged :ids' : '';
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.meter(charge.meterId),
    ConditionExpression: 'attribute_exists(pk)',
    UpdateExpression: `${remove} ${forget}`.trim(),
    ...(windowIds.length > 0 && { ExpressionAttributeNames: names }),
    ...(chargeIds.length > 0 && { ExpressionAttributeValues: { ':ids': new Set(chargeIds) } }),
  });
  await table.documents.send(command).catch(unlessConditionFailed);
}

/** For writes that have nothing to do any more where their condition fails: the key was revoked meanwhile, say. */
function unlessConditionFailed(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

import type { Charge, ChargeRequest } from '../../core/metering.ts';
import {
  dayOf,
  type Standing,
  type Window,
  type WindowKind,
  windowAt,
  windowKinds,
} from '../../core/quotas.ts';
import { itemKeys, type Table } from './table.ts';
import type { Write } from './transact.ts';

/**
 * The metering item of a key. Every window has a counter attribute of its own name, so that one conditional
 * write both checks and counts it, and a new window needs no reset: its counter isn't there yet.
 */
export interface MeterItem {
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
  allowedHosts?: string[];
  /** `<epoch seconds in base 36>:<start of the request id>` of recent charges. */
  charged?: Set<string>;
  limits: WindowLimits & { tokens?: number };
  /** Limits of each client address. A key that has them is charged by a transaction. */
  perClient?: WindowLimits;
  [counter: `${WindowKind | 'tokens' | 'refunds'}-${string}`]: number;
}

export type WindowLimits = Partial<Record<WindowKind, number | undefined>>;

/** A charge is tried for ten seconds at most (dynamo-meter.ts), so older ids may be forgotten. */
const chargeIdLifeSeconds = 60;

/**
 * A counter is kept this long past the end of its window: an environment whose clock is behind still charges
 * there, and would begin it anew; one whose clock is ahead has begun the next one.
 */
const counterLifeMs = 300_000;

/** A call as the metering write sees it. */
export interface Attempt {
  request: ChargeRequest;
  meterId: string;
  chargeId: string;
  windows: readonly Window[];
  day: Window;
}

export function attemptAt(request: ChargeRequest, meterId: string): Attempt {
  return {
    request,
    meterId,
    chargeId: `${Math.floor(request.now / 1000).toString(36)}:${request.requestId.slice(0, 8)}`,
    windows: windowKinds.map((kind) => windowAt(kind, request.now)),
    day: windowAt('day', request.now),
  };
}

/** Counts in every window, if the key may be used and all windows have room, once for each charge id. */
export function chargeUpdate(
  table: Table,
  { request, meterId, chargeId, windows }: Attempt,
): NonNullable<Write['Update']> {
  const names: Record<string, string> = {
    '#status': 'status',
    '#limits': 'limits',
    '#values': 'values',
    '#value': request.apiKeyId,
    '#tokens': tokensName(request.now),
    '#tokenLimit': 'tokens',
  };
  const conditions = [
    '#status = :active',
    '#values.#value > :now',
    '(attribute_not_exists(expiresAt) OR expiresAt > :now)',
    '(attribute_not_exists(charged) OR NOT contains(charged, :id))',
    room('#tokens', '#limits.#tokenLimit'),
  ];
  const counts = ['lastUsedAt = :now'];
  for (const { kind, id } of windows) {
    names[`#${kind}`] = id;
    names[`#${kind}Limit`] = kind;
    counts.push(`#${kind} = if_not_exists(#${kind}, :zero) + :one`);
    conditions.push(room(`#${kind}`, `#limits.#${kind}Limit`));
  }
  return {
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
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** A condition: no such limit, no such counter yet, or the counter below the limit. */
function room(counter: string, limit: string): string {
  return `(attribute_not_exists(${limit}) OR attribute_not_exists(${counter}) OR ${counter} < ${limit})`;
}

/** Names of the counters that belong to a day and are no window of requests. */
export const tokensName = (time: number) => `tokens-${dayOf(time)}` as const;
export const refundsName = (time: number) => `refunds-${dayOf(time)}` as const;

export function toCharge({ request, meterId, chargeId, windows, day }: Attempt, item: MeterItem): Charge {
  return {
    meterId,
    chargeId,
    requestId: request.requestId,
    chargedAt: request.now,
    userId: item.userId,
    keyId: item.keyId,
    plan: item.plan,
    models: item.models,
    allowedHosts: item.allowedHosts,
    standing: standingIn(item, day),
    tokens: tokenStanding(item, day),
    windowIds: windows.map((window) => window.id),
    leftovers: leftoversOf(item, request.now),
  };
}

export function standingIn(item: MeterItem, window: Window): Standing {
  const limit = item.limits[window.kind] ?? Number.POSITIVE_INFINITY;
  const used = item[window.id as `${WindowKind}-${string}`] ?? 0;
  return { limit, remaining: Math.max(0, limit - used), resetsAt: window.endsAt };
}

/** Below zero by what calls used that were let in while there was still some left. */
export function tokenStanding(item: MeterItem, day: Window): Standing | undefined {
  const limit = item.limits.tokens;
  if (limit === undefined) return undefined;
  const used = item[`tokens-${day.id.slice('day-'.length)}`] ?? 0;
  return { limit, remaining: limit - used, resetsAt: day.endsAt };
}

function leftoversOf(item: MeterItem, now: number): Charge['leftovers'] {
  const oldest = Math.floor(now / 1000) - chargeIdLifeSeconds;
  const kept = new Date(now - counterLifeMs).toISOString();
  const isLeftOver = (name: string) => {
    const [, start] = /^(?:minute|hour|day|tokens|refunds)-(.+)$/.exec(name) ?? [];
    return start !== undefined && start < kept.slice(0, start.length);
  };
  return {
    windowIds: Object.keys(item).filter(isLeftOver),
    chargeIds: [...(item.charged ?? [])].filter((id) => Number.parseInt(id.split(':')[0] ?? '', 36) < oldest),
  };
}

import {
  fullWindowIn,
  type LimitField,
  limitRows,
  type Unit,
  type WindowKind,
  whoseLimit,
} from '../../../../core/metering/windows.ts';
import type { ApiError } from '../../../api-error.ts';
import type { Standing } from '../../../key-in-hand/use-standing.ts';
import type { RateLimit } from '../../../rate-limits.ts';
import { describeFailure, type Failure, fullWords } from '../answer/failure.ts';
import type { ConversationsState } from '../conversation.ts';

/** Why any call would be refused until then. */
export interface Hold extends Pick<Failure, 'title' | 'detail' | 'wayOut' | 'requestId'> {
  /** In milliseconds. */
  until: number;
  /** The key's own limit that is full; undefined: another key doesn't help either, or it isn't known. */
  field: LimitField | undefined;
}

export interface HoldFacts {
  /** In this tab. */
  keyId: string;
  standing: { facts: Pick<Standing, 'windows'>; at: number } | undefined;
  left: ConversationsState['left'];
  refused: ConversationsState['refused'];
  now: number;
}

/** By the key's standing, by newer headers, and by a refusal that neither of them explains. */
export function holdNow({ keyId, standing, left, refused, now }: HoldFacts): Hold | undefined {
  const isOurs = refused !== undefined && (refused.keyId === keyId || isShared(refused.error));
  const ofRefusal = isOurs ? byRefusal(refused, now) : undefined;
  const holds = [
    ...(standing?.facts.windows ?? [])
      .filter(({ remaining, resetsAt }) => remaining <= 0 && Date.parse(resetsAt) > now)
      .map(({ unit, window, limit, resetsAt }) => full(unit, window, limit, Date.parse(resetsAt))),
    ...(left?.keyId === keyId && left.at > (standing?.at ?? 0) ? byHeaders(left, standing?.facts, now) : []),
    ...(ofRefusal === undefined ? [] : [ofRefusal]),
  ];
  return holds.toSorted((one, other) => other.until - one.until)[0];
}

const full = (unit: Unit, kind: WindowKind, limit: number, until: number): Hold => ({
  until,
  title: fullWords(unit, limit, kind),
  detail: undefined,
  wayOut: 'plans',
  requestId: undefined,
  field: limitRows.find((row) => row.unit === unit && row.kind === kind)?.field,
});

function byHeaders(
  { limits, at }: NonNullable<HoldFacts['left']>,
  standing: Pick<Standing, 'windows'> | undefined,
  now: number,
): Hold[] {
  return (['requests', 'tokens'] as const).flatMap((unit) => {
    const limit: RateLimit | undefined = limits[unit];
    if (limit === undefined || limit.remaining > 0) return [];
    const until = at + limit.resetSeconds * 1000;
    // Headers don't name their window.
    const kind = standing?.windows.find((row) => row.unit === unit && row.limit === limit.limit)?.window;
    return until <= now ? [] : [full(unit, kind ?? 'day', limit.limit, until)];
  });
}

/**
 * API Gateway's own refusals report no limit and always say an hour, so calls are not held back for them: what is left
 * is known from the standing.
 */
function byRefusal({ error, at }: NonNullable<HoldFacts['refused']>, now: number): Hold | undefined {
  const isKnown = error.code === 'ceiling_reached' || Object.keys(error.rateLimits).length > 0;
  const { resetSeconds, ...failure } = describeFailure(error, { isOnline: true, day: undefined });
  if (!isKnown || resetSeconds === undefined) return undefined;
  const until = at + resetSeconds * 1000;
  if (until <= now) return undefined;
  const kind = fullWindowIn(error.message);
  const isOfKey = error.message.startsWith(whoseLimit.key);
  const unit = (['dollars', 'tokens', 'requests'] as const).find(
    (one) => error.rateLimits[one]?.remaining === 0,
  );
  const row = isOfKey ? limitRows.find((one) => one.unit === unit && one.kind === kind) : undefined;
  return { ...failure, until, field: row?.field };
}

/** Of the user or of everybody: another key doesn't help. */
const isShared = ({ code, message }: ApiError): boolean =>
  code === 'ceiling_reached' || message.startsWith(whoseLimit.user);

import type { TakeCall } from '../../../core/chat/count-tokens.ts';
import { windowAt } from '../../../core/metering/windows.ts';
import { callCountSeconds } from '../lifetimes.ts';
import type { HotTable } from '../table.ts';
import { countBelow, isApplied } from '../transact.ts';

/** Limits uncharged calls a minute. A call whose reply is lost may be counted twice. */
export function createCallLimits(table: HotTable): TakeCall {
  return (scope, limit, now) => {
    const windowId = windowAt('minute', now).id;
    const ttl = Math.floor(now / 1000) + callCountSeconds;
    const count = countBelow(table, { scope, windowId }, { limit, ttl });
    return isApplied(table.items.update(count));
  };
}

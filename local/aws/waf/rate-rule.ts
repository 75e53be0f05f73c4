import { isIP } from 'node:net';
import type { Clock } from '../../clock.ts';
import { headerOf, type InspectedRequest } from './inspected-request.ts';
import { createSlidingCounts } from './sliding-counts.ts';
import { compileStatement, type Matches } from './statements.ts';
import type { RateBasedStatement } from './template-properties.ts';

/**
 * Counts what is in its scope for each address, and matches what comes past the limit until the count of the window
 * is below it again: what it matches goes on counting. AWS estimates and is some seconds late, here it is exact and
 * at once. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html
 */
export function compileRateRule(rate: RateBasedStatement, clock: Clock): Matches {
  const isInScope = rate.ScopeDownStatement && compileStatement(rate.ScopeDownStatement);
  const counts = createSlidingCounts(clock, rate.EvaluationWindowSec);
  return (request) => {
    if (isInScope?.(request) === false) return false;
    const key = aggregateKey(rate, request);
    return key !== undefined && counts.add(key) > rate.Limit;
  };
}

/** @returns undefined for a request that the rule doesn't match */
function aggregateKey(
  { AggregateKeyType: type, ForwardedIPConfig: forwarded }: RateBasedStatement,
  request: InspectedRequest,
): string | undefined {
  if (type === 'CONSTANT') return '';
  if (forwarded === undefined) return request.sourceIp;
  const header = headerOf(request, forwarded.HeaderName);
  if (header === undefined) return undefined;
  const first = header.split(',')[0]?.trim() ?? '';
  if (isIP(first) !== 0) return new URL(`http://${isIP(first) === 6 ? `[${first}]` : first}`).hostname;
  return forwarded.FallbackBehavior === 'MATCH' ? 'malformed' : undefined;
}

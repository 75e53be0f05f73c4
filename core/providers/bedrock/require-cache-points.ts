import { invalid } from '../../chat/request/refuse-field.ts';
import type { CachePointBlock, ConverseRequest } from './converse-shapes.ts';

/** Bedrock user guide, prompt caching. */
const mostCachePoints = 4;

/**
 * @param field the caller's name of the messages
 * @throws DaypassError `invalid_request` for more cache points than Bedrock takes, or in an order that it doesn't
 */
export function requireCachePoints(
  { toolConfig, system = [], messages }: Pick<ConverseRequest, 'toolConfig' | 'system' | 'messages'>,
  field: string,
): void {
  const blocks = [...(toolConfig?.tools ?? []), ...system, ...messages.flatMap(({ content }) => content)];
  const points = blocks.filter((block): block is CachePointBlock => 'cachePoint' in block);
  if (points.length > mostCachePoints) {
    throw invalid(field, `The request must set at most ${mostCachePoints} cache points.`);
  }
  const lifetimes = points.map(({ cachePoint }) => cachePoint.ttl ?? '5m');
  if (lifetimes.lastIndexOf('1h') > lifetimes.indexOf('5m') && lifetimes.includes('5m')) {
    throw invalid(field, 'Cache points that last an hour must stand before those that last five minutes.');
  }
}

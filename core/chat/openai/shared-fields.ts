import type { CacheBreakpoint, SharedBody } from '../../contract/chat/openai-fields.ts';
import type { CachePoint, ChatRequest, ReasoningEffort, ReasoningWish } from '../chat.ts';

/** Fields that Chat Completions and Responses have under the same names. */
export function toSharedFields(
  body: SharedBody,
): Pick<ChatRequest, 'model' | 'temperature' | 'topP' | 'serviceTier' | 'metadata'> {
  return {
    model: body.model,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    serviceTier: body.service_tier === 'auto' ? undefined : (body.service_tier ?? undefined),
    metadata: metadataOf(body),
  };
}

function metadataOf({ metadata, user, safety_identifier }: SharedBody) {
  const entries = {
    ...metadata,
    ...(typeof user === 'string' && { user }),
    ...(typeof safety_identifier === 'string' && { safety_identifier }),
  };
  return Object.keys(entries).length === 0 ? undefined : entries;
}

export function toReasoningWish(
  effort: ReasoningEffort | 'none' | null | undefined,
): ReasoningWish | undefined {
  if (effort === null || effort === undefined) return undefined;
  return effort === 'none' ? { type: 'off' } : { type: 'effort', effort };
}

/** OpenAI's half an hour becomes an hour: caches here live for five minutes or an hour. */
export function toCachePoint(breakpoint: CacheBreakpoint): CachePoint[] {
  if (breakpoint === undefined) return [];
  return [{ type: 'cache-point', lifetime: breakpoint.ttl === undefined ? undefined : '1h' }];
}

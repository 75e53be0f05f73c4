import type { CacheControl } from '../../contract/chat/every-dialect-fields.ts';
import type { CacheBreakpoint, SharedBody } from '../../contract/chat/openai-fields.ts';
import type {
  CachePoint,
  ChatRequest,
  ReasoningEffort,
  ReasoningRequest,
  ToolChoice,
  ToolOffer,
} from '../chat.ts';
import { requireToolOffer } from '../request/require-tool-offer.ts';
import { toMetadata } from '../request/to-metadata.ts';

/** Fields that Chat Completions and Responses have under the same names. */
export function toSharedFields(
  body: SharedBody,
): Pick<ChatRequest, 'model' | 'temperature' | 'topP' | 'topK' | 'serviceTier' | 'metadata' | 'ignored'> {
  const { user, safety_identifier } = body;
  return {
    model: body.model,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    topK: body.top_k ?? undefined,
    serviceTier: body.service_tier === 'auto' ? undefined : (body.service_tier ?? undefined),
    ...toMetadata({ user, safety_identifier }, body.metadata ?? {}),
  };
}

export function toReasoningRequest(
  effort: ReasoningEffort | 'none' | null | undefined,
): ReasoningRequest | undefined {
  if (effort === null || effort === undefined) return undefined;
  return effort === 'none' ? { type: 'off' } : { type: 'effort', effort };
}

/** OpenAI's half an hour becomes an hour: caches here live for five minutes or an hour. */
export function toCachePoint(breakpoint: CacheBreakpoint): CachePoint[] {
  if (breakpoint === undefined) return [];
  return [{ type: 'cache-point', lifetime: breakpoint.ttl === undefined ? undefined : '1h' }];
}

/** A function as OpenAI's two APIs describe it. */
export interface OfferedFunction {
  name: string;
  description?: string | null | undefined;
  parameters?: Record<string, unknown> | null | undefined;
  strict?: boolean | null | undefined;
  cache_control?: CacheControl;
}

/** A function without parameters takes an empty object; models want that stated. */
const noParameters = { type: 'object', properties: {} };

/** @throws DaypassError `invalid_request` for a choice without tools, or for two tools of one name */
export function toToolOffer(
  functions: readonly OfferedFunction[],
  choice: 'none' | 'auto' | 'required' | { name: string } | null | undefined,
  { parallel_tool_calls: parallel }: { parallel_tool_calls?: boolean | null | undefined },
): ToolOffer | undefined {
  const tools = functions.map(({ name, description, parameters, strict, cache_control: cached }) => ({
    name,
    description: description ?? undefined,
    schema: parameters ?? noParameters,
    strict: strict === true,
    ...(cached && { cached: { lifetime: cached.ttl ?? undefined } }),
  }));
  return requireToolOffer({ tools, choice: toChoice(choice), single: parallel === false }, choice);
}

function toChoice(choice: Parameters<typeof toToolOffer>[1]): ToolChoice {
  if (typeof choice === 'object' && choice !== null) return { type: 'tool', name: choice.name };
  if (choice === 'none') return { type: 'none' };
  return choice === 'required' ? { type: 'any' } : { type: 'auto' };
}

/**
 * The input of an earlier call, as clients send it back. Models write an empty text for a call without arguments. What
 * isn't a JSON object goes as text: the model wrote it, and refusing it would end the conversation for good.
 */
export function parseArguments(json: string): Record<string, unknown> {
  if (json.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Goes as text.
  }
  return { arguments: json };
}

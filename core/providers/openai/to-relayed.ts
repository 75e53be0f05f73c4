import type { CatalogModel, ChatSettings, Upstream } from '../../catalog.ts';
import type { RelayedRequest } from '../../chat/chat.ts';
import { leaveOutHosted } from '../../chat/request/leave-out-hosted.ts';
import { invalid, unsupported } from '../../chat/request/refuse-field.ts';
import { requireTier } from '../../chat/service-tiers.ts';
import type { UpstreamCall } from '../../chat/upstream.ts';

type Api = 'chat-completions' | 'responses';
type Body = Readonly<Record<string, unknown>>;

export interface RelayedCall {
  api: Api;
  call: UpstreamCall;
  ignored: readonly string[];
  /** The caller didn't ask for the usage that we need. */
  hidesUsage: boolean;
}

const paths: Record<Api, string> = { 'chat-completions': '/chat/completions', responses: '/responses' };

/**
 * The fields that pass. Those left out would read or keep something in the operator's account, run without being
 * metered, or may do so one day: what this version doesn't know is refused by name.
 */
const passing: Record<Api, ReadonlySet<string>> = {
  'chat-completions': new Set(
    `messages audio modalities frequency_penalty presence_penalty logit_bias logprobs top_logprobs max_completion_tokens
    max_tokens n parallel_tool_calls prediction prompt_cache_key prompt_cache_options prompt_cache_retention
    reasoning_effort response_format safety_identifier seed service_tier stop stream stream_options temperature tool_choice
    tools top_k top_p user verbosity model`.split(/\s+/),
  ),
  responses: new Set(
    `input include instructions max_output_tokens max_tool_calls parallel_tool_calls prompt_cache_key prompt_cache_options
    prompt_cache_retention reasoning safety_identifier service_tier stream stream_options temperature text tool_choice
    tools top_logprobs top_p truncation user context_management model`.split(/\s+/),
  ),
};

/** Accepted without effect: nothing is stored. */
const hints = new Set(['store', 'metadata', 'client_metadata']);
/** What asks for nothing. */
const neutral = new Map<string, unknown>([['background', false]]);

/** Tools that the caller runs. Others are OpenAI's own, and cost more than their tokens. */
const ownTools = new Set<unknown>(['function', 'custom', 'namespace', 'local_shell', 'apply_patch']);

/**
 * A request as its caller wrote it, but for the model's name, the output limit, and what metering and the operator's
 * account need.
 * @throws DaypassError naming the field
 */
export function toRelayed(
  { api: asked, body }: RelayedRequest,
  model: CatalogModel,
  { upstream, settings }: { upstream: Pick<Upstream, 'limitField'>; settings: ChatSettings },
): RelayedCall {
  const api = asked === 'responses' ? 'responses' : 'chat-completions';
  const fields = passingFields(body, api);
  requireInline(body[api === 'responses' ? 'input' : 'messages'], api === 'responses' ? 'input' : 'messages');
  requireOfferedTier(body, settings);
  const tools = readTools(body);
  const limit = outputLimit(body, api, model, { upstream, settings });
  const streamed = body.stream === true;
  const hidesUsage = api === 'chat-completions' && streamed && !asksUsage(body.stream_options);
  const sent = {
    ...Object.fromEntries(fields.sent),
    model: model.target,
    ...limit.field,
    ...tools.field,
    ...(api === 'responses' ? { store: false } : {}),
    ...(api === 'chat-completions' &&
      streamed && { stream_options: { ...asObject(body.stream_options), include_usage: true } }),
  };
  return {
    api,
    call: { path: paths[api], headers: {}, body: JSON.stringify(sent), streamed },
    ignored: [...fields.ignored, ...limit.ignored, ...tools.ignored],
    hidesUsage,
  };
}

function passingFields(body: Body, api: Api): { sent: [string, unknown][]; ignored: string[] } {
  const sent: [string, unknown][] = [];
  const ignored: string[] = [];
  for (const [field, value] of Object.entries(body)) {
    if (passing[api].has(field)) sent.push([field, value]);
    else if (value === null || (neutral.has(field) && neutral.get(field) === value)) continue;
    else if (!hints.has(field)) {
      throw unsupported(field, `${field} is not supported: it is not passed on to this model’s provider.`);
    } else if (value !== false) ignored.push(field);
  }
  return { sent, ignored };
}

const references = new Set(['file_id', 'vector_store_ids', 'container_id', 'container']);

/** @throws DaypassError for a reference to something that is stored at the provider, in the operator's account */
function requireInline(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (references.has(name) && inner !== null) {
      throw unsupported(at, `${at} is not supported: send what it refers to.`);
    }
    const isItem = name === 'type' && inner === 'item_reference';
    if (isItem)
      throw unsupported(at, `${at} must not be 'item_reference': nothing is stored. Send the item.`);
    requireInline(inner, at);
  }
}

function requireOfferedTier({ service_tier: tier }: Body, settings: ChatSettings): void {
  if (tier === undefined || tier === null || tier === 'auto') return;
  requireTier({ serviceTier: tier as never, fieldNames: { serviceTier: 'service_tier' } }, settings);
}

function readTools({ tools, tool_choice: choice }: Body): {
  field: Record<string, unknown>;
  ignored: string[];
} {
  if (!Array.isArray(tools)) return { field: {}, ignored: [] };
  const isOwn = (tool: unknown) => ownTools.has((tool as { type?: unknown } | null)?.type);
  const offered = tools.filter(isOwn);
  const free = choice === undefined || choice === null || choice === 'auto' || choice === 'none';
  const ignored = leaveOutHosted(tools, (tool) => !isOwn(tool), { offered, free });
  return { field: ignored.length === 0 ? {} : { tools: offered }, ignored };
}

/** A limit above the model's is lowered; without one, the deployment's own applies. */
function outputLimit(
  body: Body,
  api: Api,
  { maxOutputTokens }: CatalogModel,
  { upstream, settings }: { upstream: Pick<Upstream, 'limitField'>; settings: ChatSettings },
): { field: Record<string, number>; ignored: string[] } {
  const names = api === 'responses' ? ['max_output_tokens'] : ['max_completion_tokens', 'max_tokens'];
  const named = names.filter((name) => body[name] !== undefined && body[name] !== null);
  for (const name of named) {
    const limit = body[name];
    if (!Number.isInteger(limit) || (limit as number) < 1) {
      throw invalid(name, `${name} must be a whole number of at least 1.`);
    }
  }
  if (named.length === 0) {
    const field = api === 'responses' ? 'max_output_tokens' : upstream.limitField;
    return {
      field: { [field]: Math.min(settings.defaultMaxOutputTokens, maxOutputTokens) },
      ignored: [],
    };
  }
  const tooHigh = named.filter((name) => (body[name] as number) > maxOutputTokens);
  return { field: Object.fromEntries(tooHigh.map((name) => [name, maxOutputTokens])), ignored: tooHigh };
}

function asksUsage(options: unknown): boolean {
  return asObject(options).include_usage === true;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

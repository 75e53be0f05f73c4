import type { CatalogModel } from '../../catalog.ts';
import type { RelayedRequest } from '../../chat/chat.ts';
import { leaveOutHosted } from '../../chat/request/leave-out-hosted.ts';
import { invalid, unsupported } from '../../chat/request/refuse-field.ts';
import type { UpstreamCall } from '../../chat/upstream.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * The fields that pass. Those left out would read or keep something in the operator's account, cost more than the model's
 * prices say, or may do so one day: what this version doesn't know is refused by name.
 */
const passing: ReadonlySet<string> = new Set(
  `model messages max_tokens system stop_sequences stream temperature thinking tool_choice tools top_k top_p metadata
  service_tier output_config output_format cache_control context_management`.split(/\s+/),
);
/** What asks for nothing. */
const neutral = new Map<string, unknown>([['speed', 'standard']]);

/** Tools that the caller runs; others are Anthropic's own, and cost more than their tokens. */
const ownTool = /^(custom|(bash|text_editor|computer|memory)_\d+)$/;

/**
 * A request as its caller wrote it, but for the model's name, the output limit, and what the operator's account needs.
 * @throws DaypassError naming the field
 */
export function toRelayed(
  { body }: RelayedRequest,
  model: CatalogModel,
): { call: UpstreamCall; ignored: readonly string[] } {
  const asked = toPassed(body, model, passing);
  const limit = body.max_tokens;
  if (!Number.isInteger(limit) || (limit as number) < 1) {
    throw invalid('max_tokens', 'max_tokens is required, and must be a whole number of at least 1.');
  }
  const isTooLong = (limit as number) > model.maxOutputTokens;
  const sent = { ...asked.sent, ...(isTooLong && { max_tokens: model.maxOutputTokens }) };
  return {
    call: { path: '/messages', headers: {}, body: JSON.stringify(sent), streamed: body.stream === true },
    ignored: [...(isTooLong ? ['max_tokens'] : []), ...asked.ignored],
  };
}

/** What Anthropic's count_tokens takes of a request (API reference). */
const counted: ReadonlySet<string> = new Set(
  `model messages system thinking tool_choice tools output_config output_format cache_control context_management`.split(
    /\s+/,
  ),
);

/**
 * A request whose tokens are counted, as its caller wrote it but for the model's name.
 * @throws DaypassError naming the field
 */
export function toCounted({ body }: RelayedRequest, model: CatalogModel): UpstreamCall {
  const { sent } = toPassed(body, model, counted);
  return { path: '/messages/count_tokens', headers: {}, body: JSON.stringify(sent), streamed: false };
}

function toPassed(
  body: Body,
  model: CatalogModel,
  fields: ReadonlySet<string>,
): { sent: Record<string, unknown>; ignored: readonly string[] } {
  requirePassing(body, fields);
  requireInline(body.messages, 'messages');
  const tools = readTools(body);
  const passed = Object.entries(body).filter(([field]) => fields.has(field));
  return {
    sent: { ...Object.fromEntries(passed), model: model.target, ...tools.field },
    ignored: tools.ignored,
  };
}

function requirePassing(body: Body, fields: ReadonlySet<string>): void {
  for (const [field, value] of Object.entries(body)) {
    if (fields.has(field) || value === null) continue;
    if (neutral.has(field) && neutral.get(field) === value) continue;
    throw unsupported(field, `${field} is not supported: it is not passed on to this model’s provider.`);
  }
}

/** @throws DaypassError for a reference to a file that is stored in the operator's account */
function requireInline(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (name === 'file_id' && inner !== null) {
      throw unsupported(at, `${at} is not supported: send what it refers to.`);
    }
    requireInline(inner, at);
  }
}

function readTools({ tools, tool_choice: choice }: Body): {
  field: Record<string, unknown>;
  ignored: string[];
} {
  if (!Array.isArray(tools)) return { field: {}, ignored: [] };
  const isOwn = (tool: unknown) => {
    const type = (tool as { type?: unknown } | null)?.type;
    return type === undefined || type === null || ownTool.test(String(type));
  };
  const offered = tools.filter(isOwn);
  const chosen = (choice as { type?: unknown } | null | undefined)?.type;
  const free = chosen === undefined || chosen === 'auto' || chosen === 'none';
  const ignored = leaveOutHosted(tools, (tool) => !isOwn(tool), { offered, free });
  return { field: ignored.length === 0 ? {} : { tools: offered }, ignored };
}

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { composeAnswer, countTokens, lastText, piecesOf, type Said } from '../compose-answer.ts';
import { type ApiAnswer, ApiError } from '../stand-in.ts';

const any = z.unknown().optional();

/** The fields of the API reference, those of its betas included. */
const messageBody = z.strictObject({
  model: z.string(),
  max_tokens: z.int().min(1),
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.unknown() })).min(1),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  thinking: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024) }),
      z.looseObject({ type: z.literal('adaptive') }),
      z.looseObject({ type: z.literal('disabled') }),
    ])
    .optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
  tool_choice: z
    .looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']), name: z.string().optional() })
    .optional(),
  output_config: z.strictObject({ effort: any, format: any }).optional(),
  ...Object.fromEntries(
    `cache_control container context_management inference_geo mcp_servers metadata output_format service_tier speed
    stop_sequences system top_k top_p`
      .split(/\s+/)
      .map((field) => [field, any]),
  ),
});

/** `POST /v1/messages` */
export function message(sent: unknown): ApiAnswer {
  const body = read(messageBody, sent);
  if (!body.model.startsWith('claude-')) throw new ApiError(404, 'not_found_error', `model: ${body.model}`);
  const { thinking } = body;
  if (thinking?.type === 'enabled' && thinking.budget_tokens >= body.max_tokens) {
    throw new ApiError(
      400,
      'invalid_request_error',
      '`max_tokens` must be greater than `thinking.budget_tokens`.',
    );
  }
  const choice = body.tool_choice;
  const said = composeAnswer({
    provider: 'Anthropic',
    model: body.model,
    text: lastText(body.messages),
    tools: choice?.type === 'none' ? [] : (body.tools ?? []).map(({ name }) => name),
    forced: choice?.type === 'any' || (choice?.type === 'tool' && (choice.name ?? false)),
    json: body.output_config?.format !== undefined,
  });
  const usage = {
    input_tokens: countTokens(body.messages),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: countTokens(said),
    service_tier: 'standard',
  };
  const head = { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model: body.model };
  const thinks = thinking !== undefined && thinking.type !== 'disabled';
  const blocks = blocksOf(said, thinks);
  const stop = { stop_reason: said.calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null };
  if (body.stream !== true) return { json: { ...head, content: blocks, ...stop, usage } };
  const open = { ...head, content: [], stop_reason: null, stop_sequence: null };
  return {
    events: [
      { type: 'message_start', message: { ...open, usage: { ...usage, output_tokens: 1 } } },
      { type: 'ping' },
      ...blocks.flatMap(blockEvents),
      { type: 'message_delta', delta: stop, usage: { output_tokens: usage.output_tokens } },
      { type: 'message_stop' },
    ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  };
}

/** The fields of the API reference for counts. */
const countBody = messageBody
  .pick({ model: true, messages: true, thinking: true, tools: true, tool_choice: true, output_config: true })
  .extend({ cache_control: any, context_management: any, mcp_servers: any, output_format: any, system: any });

/** `POST /v1/messages/count_tokens` */
export function countMessageTokens(sent: unknown): ApiAnswer {
  const { model, messages, system, tools } = read(countBody, sent);
  if (!model.startsWith('claude-')) throw new ApiError(404, 'not_found_error', `model: ${model}`);
  return { json: { input_tokens: countTokens([messages, system ?? '', tools ?? []]) } };
}

/** @throws ApiError in Anthropic's words, naming the first field that it would refuse */
function read<T>(schema: z.ZodType<T>, sent: unknown): T {
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const place = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('undefined');
  const text =
    unknown !== undefined ? 'Extra inputs are not permitted' : isMissing ? 'Field required' : issue?.message;
  throw new ApiError(400, 'invalid_request_error', `${place}: ${text}`);
}

type Block = { type: string } & Record<string, unknown>;

function blocksOf({ text, calls }: Said, thinks: boolean): Block[] {
  return [
    ...(thinks ? [{ type: 'thinking', thinking: 'No model thinks here.', signature: 'c2lnbmVk' }] : []),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...calls.map(({ name, json }, at) => ({
      type: 'tool_use',
      id: `toolu_${at}`,
      name,
      input: JSON.parse(json) as unknown,
    })),
  ];
}

function blockEvents(block: Block, index: number): Block[] {
  const delta = (inner: Block): Block => ({ type: 'content_block_delta', index, delta: inner });
  const [start, deltas] = (() => {
    if (block.type === 'text') {
      const texts = piecesOf(String(block.text)).map((text) => delta({ type: 'text_delta', text }));
      return [{ type: 'text', text: '' }, texts];
    }
    if (block.type === 'thinking') {
      const thought = delta({ type: 'thinking_delta', thinking: block.thinking });
      const signed = delta({ type: 'signature_delta', signature: block.signature });
      return [{ type: 'thinking', thinking: '', signature: '' }, [thought, signed]];
    }
    const json = delta({ type: 'input_json_delta', partial_json: JSON.stringify(block.input) });
    return [{ ...block, input: {} }, [json]];
  })();
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas,
    { type: 'content_block_stop', index },
  ];
}

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { composeAnswer, countTokens, lastText, piecesOf } from '../compose-answer.ts';
import type { ApiAnswer } from '../stand-in.ts';
import { checkBody, requireModel } from './check-body.ts';

const any = z.unknown().optional();

/** The fields of the API reference. */
const responseBody = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.looseObject({})).min(1)]),
  stream: z.boolean().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })).nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string() }).nullish() }).nullish(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority']).nullish(),
  ...Object.fromEntries(
    `background context_management conversation include instructions max_tool_calls metadata moderation parallel_tool_calls
    previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier
    store stream_options temperature tool_choice top_logprobs top_p truncation user`
      .split(/\s+/)
      .map((field) => [field, any]),
  ),
});

/** `POST /v1/responses` */
export function response(sent: unknown): ApiAnswer {
  const body = checkBody(responseBody, sent) as z.infer<typeof responseBody> & {
    tool_choice?: unknown;
    store?: unknown;
  };
  requireModel(body.model, 'responses');
  const { tool_choice: choice } = body;
  const said = composeAnswer({
    provider: 'OpenAI',
    model: body.model,
    text: lastText(body.input),
    tools: (body.tools ?? []).flatMap(({ name }) => name ?? []),
    forced: choice === 'required' || ((choice as { name?: string } | undefined)?.name ?? false),
    json: ['json_object', 'json_schema'].includes(body.text?.format?.type ?? ''),
  });
  const id = randomUUID();
  const items = [
    ...(said.text === ''
      ? []
      : [
          {
            type: 'message',
            id: `msg_${id}`,
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: said.text, annotations: [], logprobs: [] }],
          },
        ]),
    ...said.calls.map(({ name, json }, at) => ({
      type: 'function_call',
      id: `fc_${id}_${at}`,
      call_id: `call_${at}`,
      name,
      arguments: json,
      status: 'completed',
    })),
  ];
  const [input, output] = [countTokens(body.input), countTokens(said)];
  const open = {
    id: `resp_${id}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    model: `${body.model}-2026`,
    output: [] as unknown[],
    store: body.store ?? true,
    service_tier: 'default',
    usage: null,
  };
  const whole = {
    ...open,
    status: 'completed',
    output: items,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
  };
  if (body.stream !== true) return { json: whole };
  const events = [
    { type: 'response.created', response: open },
    ...items.flatMap((item, at) => itemEvents(item, at)),
    { type: 'response.completed', response: whole },
  ];
  return {
    events: events.map(
      (event, sequence_number) =>
        `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number })}\n\n`,
    ),
  };
}

type Item = { type: string; id: string; content?: { text: string }[]; arguments?: string };

function itemEvents(item: Item, output_index: number): ({ type: string } & Record<string, unknown>)[] {
  const place = { output_index, item_id: item.id };
  const [part] = item.content ?? [];
  const deltas =
    part === undefined
      ? [{ type: 'response.function_call_arguments.delta', ...place, delta: item.arguments }]
      : [
          {
            type: 'response.content_part.added',
            ...place,
            content_index: 0,
            part: { ...part, text: '' },
          },
          ...piecesOf(part.text).map((delta) => ({
            type: 'response.output_text.delta',
            ...place,
            content_index: 0,
            delta,
            logprobs: [],
          })),
          {
            type: 'response.output_text.done',
            ...place,
            content_index: 0,
            text: part.text,
            logprobs: [],
          },
        ];
  return [
    {
      type: 'response.output_item.added',
      output_index,
      item: { ...item, status: 'in_progress', ...(part === undefined ? { arguments: '' } : { content: [] }) },
    },
    ...deltas,
    { type: 'response.output_item.done', output_index, item },
  ];
}

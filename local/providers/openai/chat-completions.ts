import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { composeAnswer, countTokens, lastText, piecesOf, type Said } from '../compose-answer.ts';
import { type ApiAnswer, ApiError } from '../stand-in.ts';
import { checkBody, requireModel } from './check-body.ts';

const any = z.unknown().optional();
const message = z
  .looseObject({ role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']), content: any })
  .refine(({ role, content }) => role === 'assistant' || content !== undefined, 'content is required');
const tool = z.looseObject({
  type: z.enum(['function', 'custom']),
  function: z.strictObject({ name: z.string(), description: any, parameters: any, strict: any }).optional(),
});

/** The fields of the API reference. */
const chatBody = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: any, include_obfuscation: any }).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  max_tokens: z.int().min(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  tools: z.array(tool).nullish(),
  response_format: z.looseObject({ type: z.enum(['text', 'json_object', 'json_schema']) }).nullish(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority']).nullish(),
  ...Object.fromEntries(
    `audio frequency_penalty function_call functions logit_bias logprobs metadata modalities moderation parallel_tool_calls
    prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort
    safety_identifier seed store tool_choice top_logprobs user verbosity web_search_options`
      .split(/\s+/)
      .map((field) => [field, any]),
  ),
});

type Named = { function?: { name?: string } } | string | null | undefined;

/** `POST /v1/chat/completions` */
export function chatCompletion(sent: unknown): ApiAnswer {
  const body = checkBody(chatBody, sent) as z.infer<typeof chatBody> & { tool_choice?: Named };
  requireModel(body.model, 'chat/completions');
  if (/^(gpt-[5-9]|o\d)/.test(body.model) && body.max_tokens !== undefined && body.max_tokens !== null) {
    throw new ApiError(
      400,
      'invalid_request_error',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { code: 'unsupported_parameter', param: 'max_tokens' },
    );
  }
  const { tool_choice: choice, messages } = body;
  const said = composeAnswer({
    provider: 'OpenAI',
    model: body.model,
    text: lastText(messages),
    tools: choice === 'none' ? [] : (body.tools ?? []).flatMap((one) => one.function?.name ?? []),
    forced: choice === 'required' || ((choice as Exclude<Named, string>)?.function?.name ?? false),
    json: ['json_object', 'json_schema'].includes(body.response_format?.type ?? ''),
  });
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: `${body.model}-2026`,
  };
  const usage = usageOf(messages, said);
  const tier = {
    service_tier: body.service_tier === 'flex' ? 'flex' : 'default',
    system_fingerprint: 'fp_local',
  };
  if (body.stream !== true) {
    const choices = Array.from({ length: body.n ?? 1 }, (_, index) => ({ index, ...wholeChoice(said) }));
    return { json: { ...head, object: 'chat.completion', choices, usage, ...tier } };
  }
  const includesUsage = body.stream_options?.include_usage === true;
  const chunk = (choices: unknown[], counted: unknown = null) =>
    event({
      ...head,
      object: 'chat.completion.chunk',
      choices,
      ...(includesUsage && { usage: counted }),
      ...tier,
    });
  return {
    events: [
      ...deltasOf(said).map((delta) => chunk([{ index: 0, delta, logprobs: null, finish_reason: null }])),
      chunk([{ index: 0, delta: {}, logprobs: null, finish_reason: finishReason(said) }]),
      ...(includesUsage ? [chunk([], usage)] : []),
      'data: [DONE]\n\n',
    ],
  };
}

function wholeChoice(said: Said) {
  const calls = said.calls.map(({ name, json }, at) => ({
    id: `call_${at}`,
    type: 'function',
    function: { name, arguments: json },
  }));
  const content = said.calls.length > 0 ? null : said.text;
  const answer = { role: 'assistant', content, refusal: null, annotations: [] };
  return {
    message: calls.length > 0 ? { ...answer, tool_calls: calls } : answer,
    logprobs: null,
    finish_reason: finishReason(said),
  };
}

function deltasOf({ text, calls }: Said): Record<string, unknown>[] {
  return [
    { role: 'assistant', content: '', refusal: null },
    ...piecesOf(text).map((content) => ({ content })),
    ...calls.flatMap(({ name, json }, index) => [
      { tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }] },
      { tool_calls: [{ index, function: { arguments: json } }] },
    ]),
  ];
}

function finishReason({ calls }: Said): string {
  return calls.length > 0 ? 'tool_calls' : 'stop';
}

function usageOf(messages: unknown, said: Said) {
  const [prompt, completion] = [countTokens(messages), countTokens(said)];
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

import Anthropic from '@anthropic-ai/sdk';
import fc from 'fast-check';
import OpenAI from 'openai';
import type * as z from 'zod';
import { streamAnswer } from '../../../core/chat/answer/server-sent-events.ts';
import type { AnswerEvents } from '../../../core/chat/answer/steps.ts';
import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { ChatEvent } from '../../../core/chat/chat.ts';
import type { Dialect } from '../../../core/chat/dialect.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { chatCompletion, chatCompletionChunk } from '../../../core/contract/chat/chat-completion.ts';
import { message } from '../../../core/contract/chat/message.ts';
import { response } from '../../../core/contract/chat/response.ts';
import type { ConverseEvent } from '../../../core/providers/bedrock/converse-shapes.ts';
import { createAnswerReader } from '../../../core/providers/bedrock/read-answer.ts';
import { toDaypassError } from '../../../lambda/http/error-answer.ts';
import { anyAnswer } from './any-answer.ts';

/** Streamed answers go through the official clients, cut into pieces of every size, and come out as the whole ones. */
const head = { requestId: '1=', answerId: '1', created: 1_764_000_000, model: 'nova-lite' };
const asked = { model: 'nova-lite', max_tokens: 9, messages: [{ role: 'user' as const, content: 'Hi' }] };

function eventsOf(answer: readonly ConverseEvent[]): ChatEvent[] {
  const read = createAnswerReader();
  return answer.flatMap((event) => read(event));
}

async function* play(events: readonly ChatEvent[]): AnswerEvents {
  yield events;
}

async function wire<Body>(dialect: Dialect<Body>, events: readonly ChatEvent[], body: Body): Promise<Buffer> {
  const texts = await Array.fromAsync(streamAnswer(dialect.stream(head, body), play(events), toDaypassError));
  return Buffer.from(texts.join(''));
}

/** A server that answers with these bytes, so many at a time. */
function answering(bytes: Buffer, size: number) {
  const answer: typeof fetch = async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) {
          controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
        }
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  return { apiKey: 'none', maxRetries: 0, fetch: answer };
}

/** The answer as it goes out, once its schema has agreed: a parsed copy lacks what zod leaves out, such as `__proto__`. */
function agreed<Answer>(schema: z.ZodType<Answer>, answer: unknown): Answer {
  schema.parse(answer);
  return answer as Answer;
}

const json = (value: unknown) => JSON.parse(JSON.stringify(value));

const folded: Record<string, (events: readonly ChatEvent[], size: number) => Promise<[unknown, unknown]>> = {
  async 'Chat Completions'(events, size) {
    const body = openAiChat.body.parse({ ...asked, stream_options: { include_usage: true } });
    const client = new OpenAI(answering(await wire(openAiChat, events, body), size));
    const chunks = await Array.fromAsync(await client.chat.completions.create({ ...asked, stream: true }));
    for (const chunk of chunks) chatCompletionChunk.parse(chunk);
    const whole = agreed(chatCompletion, openAiChat.fold(head, events, body));
    return [together(chunks), whole.choices[0] && { ...whole.choices[0], usage: whole.usage }];
  },
  async Messages(events, size) {
    const body = anthropicMessages.body.parse(asked);
    const client = new Anthropic(answering(await wire(anthropicMessages, events, body), size));
    const { parsed_output: _, ...streamed } = json(await client.messages.stream(asked).finalMessage());
    return [streamed, json(agreed(message, anthropicMessages.fold(head, events, body)))];
  },
  async Responses(events, size) {
    const body = openAiResponses.body.parse({ model: 'nova-lite', input: 'Hi' });
    const client = new OpenAI(answering(await wire(openAiResponses, events, body), size));
    const parts = await Array.fromAsync(
      await client.responses.create({ model: 'nova-lite', input: 'Hi', stream: true }),
    );
    const last = parts.at(-1);
    const done = parts.flatMap((part) => (part.type === 'response.output_item.done' ? [part.item] : []));
    const whole = agreed(response, openAiResponses.fold(head, events, body));
    expect(json(done)).toEqual(json(whole.output));
    const { output_text: _, ...streamed } = json(last && 'response' in last ? last.response : undefined);
    return [streamed, json(whole)];
  },
};

/** Chunks of a completion put together as clients do. */
function together(chunks: OpenAI.ChatCompletionChunk[]) {
  const calls: { id?: string; type?: string; function: { name?: string; arguments: string } }[] = [];
  let content = '';
  let thought = '';
  for (const { delta } of chunks.flatMap(({ choices }) => choices)) {
    content += delta.content ?? '';
    thought += (delta as { reasoning_content?: string }).reasoning_content ?? '';
    for (const { index, id, type, function: part } of delta.tool_calls ?? []) {
      if (id !== undefined) calls[index] = { id, type: type ?? '', function: { ...part, arguments: '' } };
      const call = calls[index];
      if (call !== undefined) call.function.arguments += part?.arguments ?? '';
    }
  }
  const told = chunks.flatMap(({ choices }) => choices.map(({ finish_reason }) => finish_reason)).at(-1);
  return {
    index: 0,
    message: {
      role: 'assistant',
      content: content === '' && calls.length > 0 ? null : content,
      refusal: null,
      ...(thought !== '' && { reasoning_content: thought }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    logprobs: null,
    finish_reason: told,
    usage: chunks.at(-1)?.usage,
  };
}

test.each(Object.entries(folded))('%s: the streamed pieces make up the whole answer', async (_name, both) => {
  await fc.assert(
    fc.asyncProperty(anyAnswer, fc.integer({ min: 1, max: 300 }), async (answer, size) => {
      const [streamed, whole] = await both(eventsOf(answer), size);
      expect(streamed).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});

test.each(Object.entries(folded))('%s: at every size of piece', async (_name, both) => {
  const events = eventsOf([
    { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm 🤔' } } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'sig' } } } },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { contentBlockDelta: { contentBlockIndex: 2, delta: { text: 'Grüße 🌍\r\n\n日本語' } } },
    { contentBlockStop: { contentBlockIndex: 2 } },
    { contentBlockStart: { contentBlockIndex: 3, start: { toolUse: { toolUseId: 'a', name: 'find' } } } },
    { contentBlockDelta: { contentBlockIndex: 3, delta: { toolUse: { input: '{"city":"Łó' } } } },
    { contentBlockDelta: { contentBlockIndex: 3, delta: { toolUse: { input: 'dź"}' } } } },
    { contentBlockStop: { contentBlockIndex: 3 } },
    { messageStop: { stopReason: 'tool_use' } },
    { metadata: { usage: { inputTokens: 3, outputTokens: 5 } } },
  ]);
  for (let size = 1; size <= 64; size += 1) {
    const [streamed, whole] = await both(events, size);
    expect(streamed).toEqual(whole);
  }
});

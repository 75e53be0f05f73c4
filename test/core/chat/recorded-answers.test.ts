import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { streamAnswer } from '../../../core/chat/answer/server-sent-events.ts';
import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { Dialect } from '../../../core/chat/dialect.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import type { ConverseEvent } from '../../../core/providers/bedrock/converse-shapes.ts';
import { createAnswerReader } from '../../../core/providers/bedrock/read-answer.ts';
import { brokenOff } from '../../../lambda/adapters/bedrock/refusals.ts';
import { toDaypassError } from '../../../lambda/http/error-answer.ts';

/** Answers as they were recorded of the stand-in, beside what each dialect makes of them, byte for byte. */
const folder = resolve(import.meta.dirname, '../../fixtures/chat');
const recorded = (name: string) => readFileSync(`${folder}/${name}`, 'utf8');
const names = [
  'every-block',
  'stop-sequence',
  'cut-at-the-limit',
  'taken-by-a-filter',
  'stopped-by-a-guardrail',
  'numbered-with-gaps',
  'broken-off',
];

function eventsOf(name: string): ConverseEvent[] {
  return JSON.parse(recorded(`${name}.json`), (_key, value) =>
    typeof value?.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value,
  ).events;
}

async function wire<Body>(dialect: Dialect<Body>, name: string, body: unknown): Promise<string> {
  const read = createAnswerReader();
  const events = (async function* () {
    for (const event of eventsOf(name)) {
      if ('throttlingException' in event) {
        throw brokenOff(Object.assign(new Error(), { name: 'ThrottlingException' }));
      }
      yield read(event);
    }
  })();
  const head = { requestId: 'r1=', answerId: 'r1', created: 1_764_000_000, model: 'claude-haiku-4-5' };
  const parts = await Array.fromAsync(
    streamAnswer(dialect.stream(head, dialect.body.parse(body)), events, toDaypassError),
  );
  return parts.join('');
}

const chat = { model: 'x', messages: [{ role: 'user', content: 'Hi' }] };

describe.each(names)('%s', (name) => {
  test('in Chat Completions', async () => {
    const body = { ...chat, stream_options: { include_usage: true } };
    expect(await wire(openAiChat, name, body)).toBe(recorded(`${name}.chat-completions.sse`));
  });

  test('in Messages', async () => {
    expect(await wire(anthropicMessages, name, { ...chat, max_tokens: 9 })).toBe(
      recorded(`${name}.messages.sse`),
    );
  });

  test('in Responses', async () => {
    expect(await wire(openAiResponses, name, { model: 'x', input: 'Hi' })).toBe(
      recorded(`${name}.responses.sse`),
    );
  });
});

test('the recordings cover every kind of event that Bedrock sends', () => {
  const text = names.map((name) => recorded(`${name}.json`)).join('');
  for (const kind of [
    'messageStart',
    'contentBlockStart',
    'contentBlockDelta',
    'contentBlockStop',
    'messageStop',
    'metadata',
    '"text"',
    '"toolUse"',
    'reasoningContent',
    'signature',
    'redactedContent',
    'additionalModelResponseFields',
    'cacheReadInputTokens',
    'cacheDetails',
    'guardrail_intervened',
    'throttlingException',
  ]) {
    expect(text).toContain(kind);
  }
});

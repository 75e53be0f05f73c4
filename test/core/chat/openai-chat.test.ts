import { streamAnswer } from '../../../core/chat/answer/server-sent-events.ts';
import type { AnswerEvents } from '../../../core/chat/answer/steps.ts';
import type { ChatEvent } from '../../../core/chat/chat.ts';
import { toCompletion } from '../../../core/chat/openai-chat/fold.ts';
import { createCompletionStream } from '../../../core/chat/openai-chat/stream.ts';
import { toChatRequest } from '../../../core/chat/openai-chat/to-chat-request.ts';
import { chatCompletion, chatCompletionChunk } from '../../../core/contract/chat/chat-completion.ts';
import { chatCompletionBody } from '../../../core/contract/chat/chat-completion-request.ts';
import { DaypassError } from '../../../core/errors.ts';
import { someLimits } from './model-fixture.ts';

const head = { requestId: '1=', answerId: '1', created: 1_764_000_000, model: 'nova-lite' };
const events: ChatEvent[] = [
  { type: 'text', part: 0, text: 'Grüße 🌍' },
  { type: 'text', part: 0, text: '\n\ndata: not a frame' },
  { type: 'stop', reason: 'length' },
  {
    type: 'usage',
    usage: { input: 3, output: 4, cachedInput: 2, cacheWriteInput: 0, cacheWriteHourInput: 0, reasoning: 0 },
  },
];
const refusal = new DaypassError('model_failed', 'broken');

async function* play(parts: (ChatEvent | Error)[]): AnswerEvents {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield [part];
  }
}

async function frames(parts: (ChatEvent | Error)[], includeUsage = false): Promise<string[]> {
  const stream = createCompletionStream(head, { stream_options: { include_usage: includeUsage } });
  const text = (await Array.fromAsync(streamAnswer(stream, play(parts), () => refusal))).join('');
  expect(text.endsWith('\n\n')).toBe(true);
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((frame) => frame.replace(/^data: /, ''));
}

describe('a request', () => {
  test('has instructions lifted out, turns of one role merged and blank parts dropped', () => {
    const body = chatCompletionBody.parse({
      model: 'nova-lite',
      messages: [
        { role: 'system', content: 'One.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: ' ' },
          ],
        },
        { role: 'user', content: 'b' },
      ],
      stop: 'END',
      max_tokens: 5,
      max_completion_tokens: 7,
    });
    expect(toChatRequest(body, someLimits)).toMatchObject({
      model: 'nova-lite',
      system: [{ type: 'text', text: 'One.' }],
      turns: [
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
      maxOutputTokens: 7,
      stopSequences: ['END'],
    });
  });

  test('with more messages than the settings allow is refused with the limit', () => {
    const messages = Array.from({ length: 4 }, () => ({ role: 'user' as const, content: 'x' }));
    expect(() => toChatRequest({ model: 'm', messages }, someLimits)).toThrow('at most 3 messages');
  });

  test.each([
    [[{ role: 'assistant' as const, content: 'x' }]],
    [[{ role: 'user' as const, content: ' ' }]],
    [[{ role: 'system' as const, content: 'x' }]],
  ])('that doesn’t begin with a user’s text is refused: %j', (messages) => {
    expect(() => toChatRequest({ model: 'm', messages }, someLimits)).toThrow('begin with a user message');
  });
});

describe('a whole answer', () => {
  test('folds its events into OpenAI’s shape', () => {
    const completion = toCompletion(head, events);
    expect(chatCompletion.parse(completion)).toEqual(completion);
    expect(completion.choices[0]).toMatchObject({
      message: { content: 'Grüße 🌍\n\ndata: not a frame' },
      finish_reason: 'length',
    });
    expect(completion.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 });
  });
});

describe('a streamed answer', () => {
  test('is one chunk a frame, each valid, and ends with the terminator', async () => {
    const all = await frames(events);
    expect(all.pop()).toBe('[DONE]');
    const chunks = all.map((frame) => chatCompletionChunk.parse(JSON.parse(frame)));
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(
      'Grüße 🌍\n\ndata: not a frame',
    );
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length');
  });

  test('gives usage in a last chunk without choices, only when asked', async () => {
    const asked = (await frames(events, true)).slice(0, -1).map((frame) => JSON.parse(frame));
    expect(asked.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 9 } });
    expect(asked.slice(0, -1).filter((chunk) => 'usage' in chunk)).toEqual([]);
    expect((await frames(events)).some((frame) => frame.includes('usage'))).toBe(false);
  });

  test('takes no more bytes than the fields that OpenAI’s specification requires', async () => {
    const said = (text: string) => ({ type: 'text', part: 0, text }) as const;
    const stream = createCompletionStream({ ...head, answerId: 'JKJaXmPLvHcESHA' }, {});
    const chunk = stream.next(said(' word'));
    expect(chunk).toBe(
      `data: {"id":"chatcmpl-JKJaXmPLvHcESHA","object":"chat.completion.chunk","created":${head.created},"model":"${head.model}","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}\n\n`,
    );
    // What came at once is one chunk.
    const text = streamAnswer(stream, [[said(' one'), said(' two'), said(' three')]] as never, () => refusal);
    const [, all = ''] = await Array.fromAsync(text);
    expect(all).toContain('" one two three"');
    expect(all.length / 3).toBeLessThan(120);
  });

  test('that breaks off ends with one error event and no terminator', async () => {
    const all = await frames([{ type: 'text', part: 0, text: 'Hel' }, new Error('gone')]);
    expect(JSON.parse(all.at(-1) ?? '')).toEqual(refusal.toBody());
    expect(all.filter((frame) => frame.includes('"error"'))).toHaveLength(1);
    expect(all).not.toContain('[DONE]');
  });
});

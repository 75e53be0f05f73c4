import { ApiError } from '../../../../web/api-error.ts';
import {
  type Answer,
  endedAs,
  newAnswer,
  withEvent,
} from '../../../../web/screens/playground/answer/answer.ts';
import {
  type CompletionChunk,
  eventsOfChunk,
} from '../../../../web/screens/playground/answer/completion-events.ts';

type Choice = CompletionChunk['choices'][number];

const chunk = (delta: Choice['delta'], finish_reason: string | null = null): CompletionChunk => ({
  model: 'nova-lite',
  choices: [{ delta, finish_reason }],
});

/** Each chunk arrives a second after the one before. */
function answerOf(chunks: CompletionChunk[]): Answer {
  let answer = newAnswer('a', 'nova-lite', 0);
  for (const [second, one] of chunks.entries())
    for (const event of eventsOfChunk(one)) answer = withEvent(answer, event, (second + 1) * 1000);
  return answer;
}

test('an answer is waiting until its first words, which the opening chunk does not have', () => {
  expect(answerOf([chunk({ content: '' })])).toMatchObject({ phase: 'waiting', firstAt: undefined });
  const answer = answerOf([chunk({ content: '' }), chunk({ content: 'Hel' }), chunk({ content: 'lo' })]);
  expect(answer).toMatchObject({ phase: 'coming', text: 'Hello', firstAt: 2000, lastAt: 3000 });
});

test('reasoning is kept apart from the answer, and counts as the first token', () => {
  const answer = answerOf([
    chunk({ reasoning_content: 'Hm. ' }),
    chunk({ reasoning_content: 'Yes.' }),
    chunk({ content: '4' }),
  ]);
  expect(answer).toMatchObject({ reasoning: 'Hm. Yes.', text: '4', firstAt: 1000 });
});

test('tool calls that arrive in alternating parts are put together', () => {
  const part = (index: number, args: string, id?: string, name?: string) =>
    chunk({ tool_calls: [{ index, id, function: { name, arguments: args } }] });
  const { toolCalls } = answerOf([
    part(0, '', 'call_a', 'weather'),
    part(1, '', 'call_b', 'time'),
    part(0, '{"city":'),
    part(1, '{}'),
    part(0, '"Rome"}'),
  ]);
  expect(toolCalls).toEqual([
    { id: 'call_a', name: 'weather', arguments: '{"city":"Rome"}' },
    { id: 'call_b', name: 'time', arguments: '{}' },
  ]);
});

test('a model that answers in place of the one asked for is named', () => {
  expect(answerOf([{ ...chunk({ content: 'x' }), model: 'nova-micro' }])).toMatchObject({
    askedModel: 'nova-lite',
    model: 'nova-micro',
  });
});

test('tokens come from the last chunk, which has no choices', () => {
  const usage = {
    prompt_tokens: 10,
    completion_tokens: 5,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 2 },
  };
  const answer = answerOf([chunk({ content: 'x' }, 'length'), { model: 'nova-lite', choices: [], usage }]);
  expect(answer.tokens).toEqual({ input: 10, output: 5, cached: 4, reasoning: 2 });
  expect(answer.finishReason).toBe('length');
});

test('a failure keeps the text so far', () => {
  const error = new ApiError('server', 'The model failed.', { code: 'model_failed' });
  const answer = endedAs(answerOf([chunk({ content: 'so far' })]), 'failed', 9000, error);
  expect(answer).toMatchObject({ phase: 'failed', text: 'so far', error, endedAt: 9000 });
});

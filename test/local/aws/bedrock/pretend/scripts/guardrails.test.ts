import { ConverseCommand, type GuardrailStreamConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { type RunningBedrock, readEvents, startBedrock } from '../../start-bedrock.ts';
import { scripted } from './scripted.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

const guarded = (step: object, config: GuardrailStreamConfiguration = {}) => ({
  ...scripted([{ text: ['Some ', 'secret'] }, step, { text: 'more' }]),
  guardrailConfig: {
    guardrailIdentifier: 'gr1',
    guardrailVersion: '2',
    trace: 'enabled' as const,
    ...config,
  },
});
const whole = (request: ReturnType<typeof guarded>) => bedrock.client().send(new ConverseCommand(request));
const stream = async (request: ReturnType<typeof guarded>) => {
  const { events } = await readEvents(bedrock.client(), request);
  return {
    text: events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join(''),
    stopReason: events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason,
    metadata: events.at(-1)?.metadata,
  };
};

test('an intervention on the input answers in the guardrail’s words, with its trace, and uses no tokens', async () => {
  const request = guarded({ guardrail: 'input', message: 'Not here.' });
  const answer = await whole(request);
  expect(answer).toMatchObject({
    output: { message: { content: [{ text: 'Not here.' }] } },
    stopReason: 'guardrail_intervened',
    usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    trace: { guardrail: { inputAssessment: { gr1: { topicPolicy: { topics: [{ action: 'BLOCKED' }] } } } } },
  });
  expect(await stream(request)).toMatchObject({
    text: 'Not here.',
    stopReason: 'guardrail_intervened',
    metadata: { trace: answer.trace },
  });
});

test('an intervention on the output replaces the answer, and its trace shows the original', async () => {
  const answer = await whole(guarded({ guardrail: 'output', message: 'Hidden.' }));
  expect(answer.output?.message?.content).toEqual([{ text: 'Hidden.' }]);
  expect(answer.trace?.guardrail?.modelOutput).toEqual(['Some secret']);
  expect(answer.trace?.guardrail?.outputAssessments?.gr1).toHaveLength(1);
});

test('an asynchronous guardrail lets through what was sent before it intervenes', async () => {
  const step = { guardrail: 'output', message: 'Hidden.' };
  expect((await stream(guarded(step, { streamProcessingMode: 'async' }))).text).toBe('Some secretHidden.');
  expect((await stream(guarded(step))).text).toBe('Hidden.');
});

test('no trace comes unasked, and no unconfigured guardrail intervenes', async () => {
  const step = { guardrail: 'input' };
  expect((await whole(guarded(step, { trace: 'disabled' }))).trace).toBeUndefined();
  const { guardrailConfig: _, ...without } = guarded(step);
  expect((await bedrock.client().send(new ConverseCommand(without))).stopReason).toBe('end_turn');
});

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { pdf, png } from '../../media-fixture.ts';
import { type Asked, ask, type RunningBedrock, readEvents, startBedrock } from '../../start-bedrock.ts';

let bedrock: RunningBedrock;
beforeAll(async () => {
  bedrock = await startBedrock();
});
afterAll(() => bedrock.close());

const whole = (request: Asked) => bedrock.client().send(new ConverseCommand(request));
const contentOf = async (request: Asked) => (await whole(request)).output?.message?.content ?? [];

test('images and documents are described', async () => {
  const [block] = await contentOf({
    modelId: 'amazon.nova-lite-v1:0',
    messages: [
      {
        role: 'user',
        content: [
          { text: 'See' },
          { image: { format: 'png', source: { bytes: png(12, 34) } } },
          { document: { name: 'Paper', format: 'pdf', source: { bytes: pdf } } },
          { document: { name: 'Notes', format: 'md', source: { bytes: Buffer.from('# Été\nand more') } } },
        ],
      },
    ],
  });
  expect(block?.text).toContain('- An image (png) of 12 × 34 pixels,');
  expect(block?.text).toContain(`- The document “Paper” (pdf), ${pdf.length} bytes.`);
  expect(block?.text).toContain('- The document “Notes” (md), 4 words; it begins “# Été”.');
});

test.each([
  [
    'Claude, when told to',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    { thinking: { type: 'enabled', budget_tokens: 1024 } },
    true,
  ],
  [
    'Nova, when told to',
    'global.amazon.nova-2-lite-v1:0',
    { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } },
    false,
  ],
  ['gpt-oss, always', 'openai.gpt-oss-20b-1:0', {}, false],
])('%s shows its reasoning first, signed if the model signs', async (_name, modelId, fields, signed) => {
  const request = { ...ask('Why?'), modelId, additionalModelRequestFields: fields };
  const [thought, text] = await contentOf(request);
  expect(thought?.reasoningContent?.reasoningText?.text).toContain('No model');
  expect(thought?.reasoningContent?.reasoningText?.signature !== undefined).toBe(signed);
  expect(text?.text).toContain('local stand-in');
  const { events } = await readEvents(bedrock.client(), request);
  const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.reasoningContent ?? []);
  expect(deltas.map(({ text: piece }) => piece ?? '').join('')).toBe(
    thought?.reasoningContent?.reasoningText?.text,
  );
  expect(deltas.at(-1)?.signature !== undefined).toBe(signed);
});

test('unless told to, Claude shows no reasoning', async () => {
  expect(await contentOf(ask('Why?'))).toHaveLength(1);
});

test('an output schema is satisfied', async () => {
  const schema = {
    type: 'object',
    properties: { mood: { enum: ['good', 'bad'] }, reasons: { type: 'array', items: { type: 'string' } } },
    required: ['mood', 'reasons'],
    additionalProperties: false,
  };
  const [block] = await contentOf({
    ...ask('How is it?'),
    outputConfig: {
      textFormat: {
        type: 'json_schema',
        structure: { jsonSchema: { name: 'mood', schema: JSON.stringify(schema) } },
      },
    },
  });
  const { mood, reasons } = JSON.parse(block?.text ?? '');
  expect(schema.properties.mood.enum).toContain(mood);
  expect(reasons.every((reason: unknown) => typeof reason === 'string')).toBe(true);
});

test('the stop sequence that was met is reported if the request asks for it', async () => {
  const request = {
    ...ask('one two three'),
    inferenceConfig: { stopSequences: ['two'] },
    additionalModelResponseFieldPaths: ['/stop_sequence', '/nowhere'],
  };
  const told = { stop_sequence: 'two' };
  expect((await whole(request)).additionalModelResponseFields).toEqual(told);
  const { events } = await readEvents(bedrock.client(), request);
  expect(events.find(({ messageStop }) => messageStop)?.messageStop).toEqual({
    stopReason: 'stop_sequence',
    additionalModelResponseFields: told,
  });
});

test('service tier and latency are reported as requested', async () => {
  const request: Asked = {
    ...ask('Hi'),
    serviceTier: { type: 'flex' },
    performanceConfig: { latency: 'optimized' },
  };
  const told = { serviceTier: { type: 'flex' }, performanceConfig: { latency: 'optimized' } };
  expect(await whole(request)).toMatchObject(told);
  expect((await readEvents(bedrock.client(), request)).events.at(-1)?.metadata).toMatchObject(told);
});

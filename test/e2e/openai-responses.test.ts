import { zodResponsesFunction, zodTextFormat } from 'openai/helpers/zod';
import { onePage, onePixel, scripted } from './scripted.ts';
import { sdkSuite, weather } from './sdk-suite.ts';

const suite = sdkSuite();

const model = 'claude-haiku-4-5';
const script = (...steps: unknown[]) => scripted(steps);
const responses = () => suite.caller.openai.responses;
const weatherTool = {
  type: 'function' as const,
  name: 'get_weather',
  parameters: { type: 'object' },
  strict: false,
};

describe('an answer', () => {
  suite.billedOnce();
  const everyItem = script(
    { reasoning: 'Hm' },
    { redacted: 'AQID' },
    { text: 'Grüße 🌍' },
    { toolUse: 'get_weather', id: 'call-1', inputPieces: ['{"city":', '"Łódź"}'] },
    { toolUse: 'get_weather', id: 'call-2', inputPieces: [''] },
  );

  test('has every item in its place, whole and streamed', async () => {
    const body = { model, input: everyItem, tools: [weatherTool] };
    const whole = await responses().create(body);
    expect(whole).toMatchObject({
      object: 'response',
      status: 'completed',
      model,
      output_text: 'Grüße 🌍',
      output: [
        { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm' }] },
        { type: 'reasoning', content: [], encrypted_content: 'redacted:AQID' },
        { type: 'message', status: 'completed', content: [{ type: 'output_text', text: 'Grüße 🌍' }] },
        { type: 'function_call', call_id: 'call-1', arguments: '{"city":"Łódź"}' },
        { type: 'function_call', call_id: 'call-2', arguments: '{}' },
      ],
    });
    const streamed = await responses().stream(body).finalResponse();
    const items = (response: { id: string; output: unknown }) =>
      JSON.parse(JSON.stringify(response.output).replaceAll(response.id.slice(5), 'ID'));
    const parsed = items(whole).map((item: Record<string, unknown>) =>
      item.type === 'function_call' ? { ...item, parsed_arguments: null } : item,
    );
    expect(items(streamed)).toMatchObject(
      parsed.map(({ content: _, ...item }: Record<string, unknown>) => item),
    );
    expect(streamed.usage).toEqual(whole.usage);
    expect(streamed.output_text).toBe(whole.output_text);
  });

  test('streams its events in OpenAI’s order, numbered without gaps', async () => {
    const stream = await responses().create({
      model,
      input: script({ reasoning: 'Hm' }, { text: 'Hi' }, { toolUse: 'get_weather', inputPieces: ['{}'] }),
      tools: [weatherTool],
      stream: true,
    });
    const events = await Array.fromAsync(stream);
    expect(events.map(({ type }) => type.replace('response.', ''))).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'reasoning_text.delta',
      'reasoning_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    const numbers = events.map((event) => 'sequence_number' in event && event.sequence_number);
    expect(numbers).toEqual(events.map((_, at) => at));
  });

  test.each([
    ['end_turn', 'completed', null],
    ['stop_sequence', 'completed', null],
    ['max_tokens', 'incomplete', 'max_output_tokens'],
    ['model_context_window_exceeded', 'incomplete', 'max_output_tokens'],
    ['content_filtered', 'incomplete', 'content_filter'],
  ])('that ends with %s is %s', async (stop, status, reason) => {
    const input = script({ text: 'Hi' }, { stop });
    const streamed = await responses().stream({ model, input }).finalResponse();
    for (const response of [await responses().create({ model, input }), streamed]) {
      expect(response.status).toBe(status);
      expect(response.incomplete_details).toEqual(reason === null ? null : { reason });
    }
  });

  test('whose characters are split over frames keeps them', async () => {
    const text = 'é ñ € 日本語 🚀';
    const input = script({ pieceBytes: 1 }, { text });
    expect((await responses().stream({ model, input }).finalResponse()).output_text).toBe(text);
  });
});

describe('a conversation', () => {
  suite.billedOnce();

  test('goes on with its own items, thought included, through tools to the answer', async () => {
    const tools = [zodResponsesFunction({ name: 'get_weather', parameters: weather })];
    const question = { role: 'user' as const, content: 'Please use get_weather in parallel.' };
    const body = {
      model,
      tools,
      reasoning: { effort: 'low' as const },
      include: ['reasoning.encrypted_content' as const],
    };
    const first = await responses().parse({ ...body, input: [question] });
    const calls = first.output.filter((item) => item.type === 'function_call');
    expect(first.output.map(({ type }) => type)).toEqual(['reasoning', 'function_call', 'function_call']);
    for (const call of calls) expect(weather.safeParse(call.parsed_arguments).success).toBe(true);
    const results = calls.map(({ call_id }) => ({
      type: 'function_call_output' as const,
      call_id,
      output: 'cloudless',
    }));
    const second = await responses().create({
      ...body,
      input: [question, ...(first.output as never[]), ...results],
    });
    expect(second.output.map(({ type }) => type)).toEqual(['reasoning', 'message']);
    expect(second.output_text).toContain('cloudless');
  });

  test('that leaves thought out goes on without it', async () => {
    const call = { type: 'function_call' as const, call_id: 'a', name: 'get_weather', arguments: '{}' };
    const answer = await responses().create({
      model,
      tools: [weatherTool],
      reasoning: { effort: 'low' },
      input: [
        { role: 'user', content: 'Hi' },
        call,
        { type: 'function_call_output', call_id: 'a', output: 'sun' },
      ],
    });
    expect(answer.output.map(({ type }) => type)).toEqual(['message']);
  });

  test('takes instructions, roles, pictures and files', async () => {
    const input = [
      { role: 'developer' as const, content: 'Be brief.' },
      {
        role: 'user' as const,
        content: [
          {
            type: 'input_image' as const,
            image_url: `data:image/png;base64,${onePixel}`,
            detail: 'auto' as const,
          },
          {
            type: 'input_file' as const,
            filename: 'Q3 report.pdf',
            file_data: `data:application/pdf;base64,${onePage}`,
          },
          { type: 'input_text' as const, text: 'What is this?' },
        ],
      },
    ];
    const answer = await responses().create({ model: 'nova-lite', instructions: 'Be kind.', input });
    expect(answer.output_text).toContain('An image (png) of 1 × 1 pixels');
    expect(answer.output_text).toContain('Q3 report');
    expect(answer.instructions).toBe('Be kind.');
  });

  test.each(['nova-lite', 'claude-haiku-4-5', 'gpt-oss-120b'])('gives JSON by a schema: %s', async (name) => {
    const body = { model: name, input: 'Plan a trip.', text: { format: zodTextFormat(weather, 'weather') } };
    const whole = await responses().parse(body);
    const streamed = await responses().stream(body).finalResponse();
    for (const { output_parsed } of [whole, streamed]) {
      expect(weather.safeParse(output_parsed).success).toBe(true);
    }
  });

  test('can demand a tool', async () => {
    const answer = await responses().create({
      model,
      input: 'Hi',
      tools: [weatherTool],
      tool_choice: 'required',
    });
    expect(answer.output).toMatchObject([{ type: 'function_call', name: 'get_weather' }]);
  });
});

describe('a refusal', () => {
  suite.billedOnce();

  test.each([
    ['previous_response_id', { previous_response_id: 'resp_1' }],
    ['conversation', { conversation: 'conv_1' }],
    ['background', { background: true }],
    ['tools.0.type', { tools: [{ type: 'web_search' }] }],
    ['include.0', { include: ['file_search_call.results'] }],
    ['truncation', { truncation: 'auto' }],
    ['prompt', { prompt: { id: 'p' } }],
  ])('names %s, which can’t be honoured', async (param, fields) => {
    const refused = responses().create({ model, input: 'Hi', ...fields } as never) as Promise<unknown>;
    await expect(refused).rejects.toMatchObject({ status: 400, param });
  });
});

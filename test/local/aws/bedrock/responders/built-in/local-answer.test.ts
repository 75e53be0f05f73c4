import type { JsonObject } from '../../../../../../local/aws/bedrock/json-fields.ts';
import { localAnswer } from '../../../../../../local/aws/bedrock/responders/built-in/local-answer.ts';
import { someRequest } from '../../request-fixture.ts';

const options = {
  signal: new AbortController().signal,
  pacing: { tokensPerSecond: 0, firstTokenDelayMs: 0 },
};

async function answer(text: string, fields: JsonObject = {}): Promise<string> {
  let whole = '';
  for await (const part of localAnswer.generate(someRequest(text, fields), options)) {
    if (part.kind === 'text') whole += part.text;
  }
  return whole;
}

test('it says that no model is behind it, and which one was asked for', async () => {
  const text = await answer('Hello');
  expect(text).toMatch(/^\*\*Daypass local stand-in\*\* · no model is behind this answer/);
  expect(text).toContain('amazon.nova-lite-v1:0');
  expect(text).toContain('DAYPASS_MODEL_URL');
});

test('it follows a JSON Schema that the instructions give between tags', async () => {
  const schema = { type: 'object', properties: { days: { const: 7 } }, required: ['days'] };
  const told = { system: [{ text: `Keep to this.\n<json_schema>${JSON.stringify(schema)}</json_schema>` }] };
  expect(JSON.parse(await answer('Hello', told))).toEqual({ days: 7 });
  for (const nonsense of ['no JSON', '[]', '{"type":"nothing"}']) {
    const system = [{ text: `<json_schema>${nonsense}</json_schema>` }];
    expect(await answer('Hello', { system })).toContain('no model is behind this answer');
  }
});

test('it follows a JSON Schema in the prompt where the instructions want any JSON object', async () => {
  const schema = { type: 'object', properties: { days: { const: 7 } }, required: ['days'] };
  const system = [{ text: '<json_schema>{"type":"object"}</json_schema>' }];
  expect(JSON.parse(await answer(`By this: ${JSON.stringify(schema)}`, { system }))).toEqual({ days: 7 });
  expect(JSON.parse(await answer('By nothing', { system }))).toEqual({});
});

test('it counts and quotes the last message, line by line', async () => {
  const text = await answer('Dear model,\n\nhow are tides made? 🌊');
  expect(text).toContain('7 words and 34 characters');
  expect(text).toContain('> Dear model,\n>\n> how are tides made? 🌊\n');
});

test('a long message is quoted in part, never cutting a character', async () => {
  const text = await answer('🌊'.repeat(5000));
  expect(text).toContain(`> ${'🌊'.repeat(240)}…`);
  expect(text).toContain('5000 characters');
  expect(text.isWellFormed()).toBe(true);
  expect(text.length).toBeLessThan(2000);
});

test('half a character in the message does not reach the answer', async () => {
  expect((await answer('broken \ud83d here')).isWellFormed()).toBe(true);
});

test('it gives the length of the conversation and whether there is a system prompt, without quoting either', async () => {
  const messages = [
    { role: 'user', content: [{ text: 'first question' }] },
    { role: 'assistant', content: [{ text: 'first answer' }] },
    { role: 'user', content: [{ text: 'second question' }] },
  ];
  const text = await answer('', { messages, system: [{ text: 'be brief' }] });
  expect(text).toContain('3 messages, with a system prompt');
  expect(text).toContain('second question');
  expect(text).not.toContain('first question');
  expect(text).not.toContain('be brief');
});

import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import {
  citySchema,
  collect,
  firstTurn,
  getWeather,
  key,
  model,
  question,
  runTask,
  secondTurn,
  url,
  weatherSchema,
} from './task.mjs';

const client = new Anthropic({ baseURL: url, apiKey: key });
const max_tokens = 1024;
const user = (content) => ({ role: 'user', content });
const textOf = ({ content }) => content.map(({ text }) => text ?? '').join('');
const tools = [
  betaZodTool({ name: 'get_weather', description: 'Weather.', inputSchema: citySchema, run: getWeather }),
];

await runTask({
  async text() {
    return textOf(await client.messages.create({ model, max_tokens, messages: [user(question)] }));
  },
  async stream() {
    const stream = client.messages.stream({ model, max_tokens, messages: [user(question)] });
    return collect(stream, ({ type, delta }) => type === 'content_block_delta' && delta.text);
  },
  async tools() {
    const first = client.beta.messages.toolRunner({ model, max_tokens, tools, messages: [user(firstTurn)] });
    const answer = await first.runUntilDone();
    const messages = [
      ...first.params.messages,
      { role: 'assistant', content: answer.content },
      user(secondTurn),
    ];
    const second = client.beta.messages.toolRunner({ model, max_tokens, tools, messages });
    return [textOf(answer), textOf(await second.runUntilDone())];
  },
  async structured() {
    const output_config = { format: zodOutputFormat(weatherSchema) };
    const messages = [user(question)];
    return (await client.messages.parse({ model, max_tokens, messages, output_config })).parsed_output;
  },
});

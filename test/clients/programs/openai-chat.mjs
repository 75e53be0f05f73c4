import OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
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

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key });
const user = (content) => ({ role: 'user', content });
const tools = [zodFunction({ name: 'get_weather', parameters: citySchema, function: getWeather })];

await runTask({
  async text() {
    const answer = await client.chat.completions.create({ model, messages: [user(question)] });
    return answer.choices[0].message.content;
  },
  async stream() {
    const stream = await client.chat.completions.create({ model, messages: [user(question)], stream: true });
    return collect(stream, ({ choices }) => choices[0]?.delta.content);
  },
  async tools() {
    const first = client.chat.completions.runTools({ model, messages: [user(firstTurn)], tools });
    const said = await first.finalContent();
    const messages = [...first.messages, user(secondTurn)];
    const second = client.chat.completions.runTools({ model, messages, tools });
    return [said, await second.finalContent()];
  },
  async structured() {
    const answer = await client.chat.completions.parse({
      model,
      messages: [user(question)],
      response_format: zodResponseFormat(weatherSchema, 'weather'),
    });
    return answer.choices[0].message.parsed;
  },
});

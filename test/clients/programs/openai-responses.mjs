import OpenAI from 'openai';
import { zodResponsesFunction, zodTextFormat } from 'openai/helpers/zod';
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
const tools = [zodResponsesFunction({ name: 'get_weather', parameters: citySchema })];

/** The loop of OpenAI's guides: what was answered goes back as it came. */
async function loop(input) {
  for (;;) {
    const answer = await client.responses.create({ model, input, tools });
    input.push(...answer.output);
    const calls = answer.output.filter(({ type }) => type === 'function_call');
    if (calls.length === 0) return answer.output_text;
    for (const call of calls) {
      const output = getWeather(JSON.parse(call.arguments));
      input.push({ type: 'function_call_output', call_id: call.call_id, output });
    }
  }
}

await runTask({
  async text() {
    return (await client.responses.create({ model, input: question })).output_text;
  },
  async stream() {
    const stream = await client.responses.create({ model, input: question, stream: true });
    return collect(stream, ({ type, delta }) => type === 'response.output_text.delta' && delta);
  },
  async tools() {
    const input = [{ role: 'user', content: firstTurn }];
    const said = await loop(input);
    input.push({ role: 'user', content: secondTurn });
    return [said, await loop(input)];
  },
  async structured() {
    const text = { format: zodTextFormat(weatherSchema, 'weather') };
    return (await client.responses.parse({ model, input: question, text })).output_parsed;
  },
});

import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents';
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

const modelProvider = new OpenAIProvider({
  baseURL: `${url}/v1`,
  apiKey: key,
  useResponses: process.argv[3] === 'responses',
});
const runner = new Runner({ modelProvider });
const agent = (more = {}) => new Agent({ name: 'helper', instructions: 'Help.', model, ...more });
const tools = [
  tool({ name: 'get_weather', description: 'Weather.', parameters: citySchema, execute: getWeather }),
];

await runTask({
  async text() {
    return (await runner.run(agent(), question)).finalOutput;
  },
  async stream() {
    const result = await runner.run(agent(), question, { stream: true });
    const pieces = await collect(result.toTextStream(), (text) => text);
    await result.completed;
    return pieces;
  },
  async tools() {
    const first = await runner.run(agent({ tools }), firstTurn);
    const input = [...first.history, { role: 'user', content: secondTurn }];
    return [first.finalOutput, (await runner.run(agent({ tools }), input)).finalOutput];
  },
  async structured() {
    return (await runner.run(agent({ outputType: weatherSchema }), question)).finalOutput;
  },
});

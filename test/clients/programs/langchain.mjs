import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';
import { createAgent, tool } from 'langchain';
import {
  citySchema,
  collect,
  firstTurn,
  getWeather,
  key,
  model as modelName,
  question,
  runTask,
  secondTurn,
  url,
  weatherSchema,
} from './task.mjs';

const openai = { model: modelName, apiKey: key, configuration: { baseURL: `${url}/v1` } };
const models = {
  chat: () => new ChatOpenAI(openai),
  responses: () => new ChatOpenAI({ ...openai, useResponsesApi: true }),
  anthropic: () => new ChatAnthropic({ model: modelName, apiKey: key, anthropicApiUrl: url }),
};
const model = models[process.argv[3]]();
const tools = [tool(getWeather, { name: 'get_weather', description: 'Weather.', schema: citySchema })];
const user = (content) => ({ role: 'user', content });
const last = ({ messages }) => messages.at(-1).text;

await runTask({
  async text() {
    return last(await createAgent({ model, tools: [] }).invoke({ messages: [user(question)] }));
  },
  async stream() {
    const agent = createAgent({ model, tools: [] });
    const stream = await agent.stream({ messages: [user(question)] }, { streamMode: 'messages' });
    return collect(stream, ([message]) => message.text);
  },
  async tools() {
    const agent = createAgent({ model, tools });
    const first = await agent.invoke({ messages: [user(firstTurn)] });
    const second = await agent.invoke({ messages: [...first.messages, user(secondTurn)] });
    return [last(first), last(second)];
  },
  async structured() {
    return model.withStructuredOutput(weatherSchema).invoke(question);
  },
});

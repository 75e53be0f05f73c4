import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, isStepCount, Output, streamText, tool } from 'ai';
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

const at = { baseURL: `${url}/v1`, apiKey: key };
const providers = {
  responses: () => createOpenAI(at)(modelName),
  chat: () => createOpenAI(at).chat(modelName),
  compatible: () =>
    createOpenAICompatible({ ...at, name: 'daypass', supportsStructuredOutputs: true })(modelName),
  anthropic: () => createAnthropic(at)(modelName),
};
const model = providers[process.argv[3]]();
const user = (content) => ({ role: 'user', content });
const tools = {
  get_weather: tool({ description: 'Weather.', inputSchema: citySchema, execute: getWeather }),
};

await runTask({
  async text() {
    return (await generateText({ model, prompt: question })).text;
  },
  async stream() {
    let failure;
    const { textStream } = streamText({
      model,
      prompt: question,
      onError({ error }) {
        failure = error;
      },
    });
    const pieces = await collect(textStream, (text) => text);
    if (failure !== undefined) throw failure;
    return pieces;
  },
  async tools() {
    const stopWhen = isStepCount(5);
    const messages = [user(firstTurn)];
    const first = await generateText({ model, tools, stopWhen, messages });
    messages.push(...first.responseMessages, user(secondTurn));
    return [first.text, (await generateText({ model, tools, stopWhen, messages })).text];
  },
  async structured() {
    const output = Output.object({ schema: weatherSchema });
    return (await generateText({ model, prompt: question, output })).output;
  },
});

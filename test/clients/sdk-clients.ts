import { type Client, lastWords } from './client.ts';
import { runCommand } from './run-command.ts';

/** Clients that are libraries: the files in `programs` use them. */
interface Library {
  name: string;
  label: string;
  packages: readonly string[];
  /** The file in `programs`, and what it is told. */
  program: readonly [file: string, ...way: string[]];
}

function library(route: Client['route'], { program: [file, ...way], ...about }: Library): Client {
  return {
    ...about,
    route,
    without: {},
    async run(task, { url, key, model }, { folder, environment }) {
      const finished = await runCommand([process.execPath, `${file}.mjs`, task, ...way], {
        cwd: folder,
        env: { ...environment, DAYPASS_URL: url, DAYPASS_KEY: key, DAYPASS_MODEL: model },
        seconds: 60,
      });
      return finished.code === 0 ? undefined : lastWords(finished);
    },
  };
}

const chat = '/v1/chat/completions';
const messages = '/v1/messages';
const responses = '/v1/responses';

export const sdkClients: readonly Client[] = [
  library(chat, {
    name: 'openai-chat',
    label: '`openai`, chat.completions',
    packages: ['openai'],
    program: ['openai-chat'],
  }),
  library(responses, {
    name: 'openai-responses',
    label: '`openai`, responses',
    packages: ['openai'],
    program: ['openai-responses'],
  }),
  library(messages, {
    name: 'anthropic',
    label: '`@anthropic-ai/sdk`',
    packages: ['@anthropic-ai/sdk'],
    program: ['anthropic'],
  }),
  library(responses, {
    name: 'ai-sdk-openai',
    label: 'AI SDK, `@ai-sdk/openai`',
    packages: ['ai', '@ai-sdk/openai'],
    program: ['ai-sdk', 'responses'],
  }),
  library(chat, {
    name: 'ai-sdk-openai-chat',
    label: 'AI SDK, `@ai-sdk/openai` `.chat()`',
    packages: ['ai', '@ai-sdk/openai'],
    program: ['ai-sdk', 'chat'],
  }),
  library(chat, {
    name: 'ai-sdk-compatible',
    label: 'AI SDK, `@ai-sdk/openai-compatible`',
    packages: ['ai', '@ai-sdk/openai-compatible'],
    program: ['ai-sdk', 'compatible'],
  }),
  library(messages, {
    name: 'ai-sdk-anthropic',
    label: 'AI SDK, `@ai-sdk/anthropic`',
    packages: ['ai', '@ai-sdk/anthropic'],
    program: ['ai-sdk', 'anthropic'],
  }),
  library(chat, {
    name: 'langchain-openai',
    label: 'LangChain JS, `ChatOpenAI`',
    packages: ['langchain', '@langchain/openai'],
    program: ['langchain', 'chat'],
  }),
  library(responses, {
    name: 'langchain-openai-responses',
    label: 'LangChain JS, `ChatOpenAI`, Responses',
    packages: ['langchain', '@langchain/openai'],
    program: ['langchain', 'responses'],
  }),
  library(messages, {
    name: 'langchain-anthropic',
    label: 'LangChain JS, `ChatAnthropic`',
    packages: ['langchain', '@langchain/anthropic'],
    program: ['langchain', 'anthropic'],
  }),
  library(responses, {
    name: 'openai-agents',
    label: 'openai-agents, Responses',
    packages: ['@openai/agents'],
    program: ['openai-agents', 'responses'],
  }),
  library(chat, {
    name: 'openai-agents-chat',
    label: 'openai-agents, Chat Completions',
    packages: ['@openai/agents'],
    program: ['openai-agents', 'chat'],
  }),
];

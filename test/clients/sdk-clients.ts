import { type Client, lastWords } from './client.ts';
import { runCommand } from './run-command.ts';

/** Clients that are libraries: the files in `programs` use them. */
function library(
  name: string,
  label: string,
  route: Client['route'],
  program: string,
  way: readonly string[] = [],
): Client {
  return {
    name,
    label,
    route,
    without: {},
    async run(task, { url, key, model }, { folder, environment }) {
      const finished = await runCommand([process.execPath, `${program}.mjs`, task, ...way], {
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
  library('openai-chat', '`openai`, chat.completions', chat, 'openai-chat'),
  library('openai-responses', '`openai`, responses', responses, 'openai-responses'),
  library('anthropic', '`@anthropic-ai/sdk`', messages, 'anthropic'),
  library('ai-sdk-openai', 'AI SDK, `@ai-sdk/openai`', responses, 'ai-sdk', ['responses']),
  library('ai-sdk-openai-chat', 'AI SDK, `@ai-sdk/openai` `.chat()`', chat, 'ai-sdk', ['chat']),
  library('ai-sdk-compatible', 'AI SDK, `@ai-sdk/openai-compatible`', chat, 'ai-sdk', ['compatible']),
  library('ai-sdk-anthropic', 'AI SDK, `@ai-sdk/anthropic`', messages, 'ai-sdk', ['anthropic']),
  library('langchain-openai', 'LangChain JS, `ChatOpenAI`', chat, 'langchain', ['chat']),
  library('langchain-openai-responses', 'LangChain JS, `ChatOpenAI`, Responses', responses, 'langchain', [
    'responses',
  ]),
  library('langchain-anthropic', 'LangChain JS, `ChatAnthropic`', messages, 'langchain', ['anthropic']),
  library('openai-agents', 'openai-agents, Responses', responses, 'openai-agents', ['responses']),
  library('openai-agents-chat', 'openai-agents, Chat Completions', chat, 'openai-agents', ['chat']),
];

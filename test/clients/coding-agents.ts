import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripted } from '../e2e/scripted.ts';
import { type Access, type Client, lastWords, type Task } from './client.ts';
import { type Finished, runCommand } from './run-command.ts';
import type { Scratch } from './scratch.ts';

/** Clients that are programs: each is given a prompt that tells the stand-in what to answer. */

const hello = scripted([{ text: 'Hello there, all of you.' }]);
const answered = 'Hello there, all of you.';
const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, celsius: { type: 'number' } },
  required: ['city', 'celsius'],
  additionalProperties: false,
};

const turns = (...list: unknown[][]) => `[[daypass: ${JSON.stringify({ turns: list })}]]`;
const thought = { reasoning: 'Let me look.', onlyFor: 'anthropic' };

/** A loop of two calls, and a second turn with one more. */
const loops = (tool: string, input: (word: string) => object) => [
  turns(
    [thought, { toolUse: tool, input: input('first') }],
    [{ toolUse: tool, input: input('second') }],
    [{ text: 'Both are done.' }],
  ),
  turns([thought, { toolUse: tool, input: input('third') }], [{ text: 'That is done too.' }]),
];

/** How one program is told to do what. */
interface Agent {
  /** Runs it once, in a folder of its own, and goes on with the last conversation there if asked. */
  prompt(text: string, options?: { goOn?: boolean; schemaFile?: string }): Promise<Finished>;
  loops: string[];
  /** The JSON that it ended with. */
  structured?: { prompt: string; read(finished: Finished): unknown };
}

async function runTask(agent: Agent, task: Task, folder: string): Promise<string | undefined> {
  const missing = (finished: Finished, words: string) =>
    finished.code === 0 && finished.output.includes(words) ? undefined : lastWords(finished);
  if (task === 'tools') {
    const [first = '', second = ''] = agent.loops;
    const wrong = missing(await agent.prompt(first), 'Both are done.');
    return wrong ?? missing(await agent.prompt(second, { goOn: true }), 'That is done too.');
  }
  if (task === 'structured' && agent.structured !== undefined) {
    const schemaFile = join(folder, 'schema.json');
    writeFileSync(schemaFile, JSON.stringify(schema));
    const finished = await agent.prompt(agent.structured.prompt, { schemaFile });
    if (finished.code !== 0) return lastWords(finished);
    const value = agent.structured.read(finished) as { celsius?: unknown } | undefined;
    return typeof value?.celsius === 'number' ? undefined : `not of the schema: ${JSON.stringify(value)}`;
  }
  return missing(await agent.prompt(hello), answered);
}

function agentClient(
  about: Pick<Client, 'name' | 'label' | 'route' | 'packages' | 'without'>,
  start: (access: Access, scratch: Scratch, folder: string) => Agent,
): Client {
  return {
    ...about,
    run(task, access, scratch) {
      const folder = scratch.project(about.name);
      return runTask(start(access, scratch, folder), task, folder);
    },
  };
}

/** Long enough for a program that starts slowly on a busy machine; whoever waits for a refusal to pass is stopped here. */
const seconds = 90;

const claudeCode = agentClient(
  {
    name: 'claude-code',
    label: 'Claude Code',
    route: '/v1/messages',
    packages: ['@anthropic-ai/claude-code'],
    without: {},
  },
  ({ url, key, model }, { bin, environment }, cwd) => ({
    loops: loops('Bash', (word) => ({ command: `echo ${word}`, description: 'Print a word' })),
    structured: {
      prompt: turns([{ toolUse: 'StructuredOutput' }], [{ text: 'Done.' }]),
      // Warnings stand on lines of their own.
      read: ({ output }) =>
        JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? 'null')?.structured_output,
    },
    prompt: (text, { goOn = false, schemaFile } = {}) =>
      runCommand(
        [
          ...[bin('claude'), '-p', '--allowedTools=Bash'],
          ...(goOn ? ['--continue'] : []),
          ...(schemaFile ? ['--output-format=json', '--json-schema', readFileSync(schemaFile, 'utf8')] : []),
        ],
        {
          cwd,
          env: {
            ...environment,
            ANTHROPIC_BASE_URL: url,
            ANTHROPIC_AUTH_TOKEN: key,
            ANTHROPIC_MODEL: model,
            ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-haiku-4-5',
          },
          seconds,
          input: text,
        },
      ),
  }),
);

const codex = agentClient(
  {
    name: 'codex',
    label: 'Codex CLI',
    route: '/v1/responses',
    packages: ['@openai/codex'],
    without: {},
  },
  ({ url, key, model }, { bin, environment, project }, cwd) => {
    const home = project('codex-home');
    const lastMessage = join(cwd, 'last-message.txt');
    writeFileSync(
      join(home, 'config.toml'),
      `model = "${model}"
model_provider = "daypass"

[model_providers.daypass]
name = "Daypass"
base_url = "${url}/v1"
env_key = "DAYPASS_KEY"
wire_api = "responses"
`,
    );
    return {
      loops: loops('exec_command', (word) => ({ cmd: `echo ${word}` })),
      structured: {
        prompt: 'The weather in Paris.',
        read: () => JSON.parse(readFileSync(lastMessage, 'utf8')),
      },
      prompt: (text, { goOn = false, schemaFile } = {}) =>
        runCommand(
          [
            ...[bin('codex'), 'exec', '--skip-git-repo-check', '--output-last-message', lastMessage],
            ...(schemaFile ? ['--output-schema', schemaFile] : []),
            ...(goOn ? ['resume', '--last'] : []),
            text,
          ],
          { cwd, env: { ...environment, CODEX_HOME: home, DAYPASS_KEY: key }, seconds },
        ),
    };
  },
);

const openCode = (name: string, npm: string, route: Client['route']) =>
  agentClient(
    {
      name,
      label: `opencode, \`${npm}\``,
      route,
      packages: ['opencode-ai'],
      without: { structured: 'its command line has no option for a schema' },
    },
    ({ url, key, model }, { bin, environment }, cwd) => {
      const provider = {
        npm,
        name: 'Daypass',
        options: { baseURL: `${url}/v1`, apiKey: '{env:DAYPASS_KEY}' },
        models: { [model]: {} },
      };
      writeFileSync(join(cwd, 'opencode.json'), JSON.stringify({ provider: { daypass: provider } }));
      return {
        loops: loops('bash', (word) => ({ command: `echo ${word}`, description: 'Print a word' })),
        prompt: (text, { goOn = false } = {}) =>
          runCommand(
            [bin('opencode'), 'run', '--model', `daypass/${model}`, ...(goOn ? ['--continue'] : [])],
            { cwd, env: { ...environment, DAYPASS_KEY: key }, seconds, input: text },
          ),
      };
    },
  );

export const codingAgents: readonly Client[] = [
  claudeCode,
  codex,
  openCode('opencode', '@ai-sdk/openai-compatible', '/v1/chat/completions'),
  openCode('opencode-anthropic', '@ai-sdk/anthropic', '/v1/messages'),
  openCode('opencode-openai', '@ai-sdk/openai', '/v1/responses'),
];

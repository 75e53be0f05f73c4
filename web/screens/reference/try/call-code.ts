import { t } from '../../../language/t.ts';
import type { CodeLanguage } from '../../../parts/code/code-language.ts';
import type { Access, Operation } from '../operations.ts';
import { curlCommand } from './curl-command.ts';
import type { PreparedCall } from './prepare-call.ts';

export interface CallCode {
  /** "OpenAI SDK". */
  label: string;
  blocks: readonly { label: string; language: CodeLanguage; code: string }[];
}

/** The call in several languages. Credentials are read from the environment. */
export function callCode(operation: Operation, call: PreparedCall, origin: string): CallCode[] {
  const { access, streams } = operation;
  const one = (label: string, language: CodeLanguage, code: string): CallCode => ({
    label,
    blocks: [{ label, language, code }],
  });
  const curl = one('curl', 'bash', curlCommand(call, access, origin, streams));
  const body = call.body === undefined ? undefined : parsed(call.body);
  // What is no JSON yet can't be written as another language's value.
  if (body === unreadable) return [curl];
  const sdk = sdkCode(operation.id, body, origin);
  return [
    curl,
    one('Python', 'python', python(call, access, origin, body)),
    one('Node', 'javascript', node(call, access, origin, body)),
    ...(sdk === undefined ? [] : [sdk]),
  ];
}

const unreadable = Symbol('unreadable');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

/** Which variable of the environment holds what. */
const variables: Readonly<Record<Access, string | undefined>> = {
  public: undefined,
  login: 'DAYPASS_TOKEN',
  admin: 'DAYPASS_TOKEN',
  session: 'DAYPASS_SESSION',
  key: 'DAYPASS_API_KEY',
};

function python(call: PreparedCall, access: Access, origin: string, body: unknown): string {
  const variable = variables[access];
  const secret = `os.environ["${variable}"]`;
  const headers = [
    ...(access === 'login' || access === 'admin' ? [`"Authorization": "Bearer " + ${secret}`] : []),
    ...(access === 'key' ? [`"x-api-key": ${secret}`] : []),
    ...Object.entries(call.headers)
      .filter(([name]) => name !== 'content-type')
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
  ];
  const isStream = streams(body);
  return `# pip install requests
${variable === undefined ? '' : 'import os\n'}import requests

response = requests.request(
    "${call.method}",
    ${JSON.stringify(origin + call.target)},
${headers.length === 0 ? '' : `    headers={${headers.join(', ')}},\n`}${access === 'session' ? `    cookies={"daypass_session": ${secret}},\n` : ''}${body === undefined ? '' : `    json=${literal(body, python3, '    ')},\n`}${isStream ? '    stream=True,\n' : ''})
response.raise_for_status()
${isStream ? 'for line in response.iter_lines(decode_unicode=True):\n    print(line)' : 'print(response.json())'}
`;
}

function node(call: PreparedCall, access: Access, origin: string, body: unknown): string {
  const secret = `process.env.${variables[access]}`;
  const headers = [
    ...(access === 'login' || access === 'admin' ? [`authorization: \`Bearer \${${secret}}\``] : []),
    ...(access === 'key' ? [`'x-api-key': ${secret}`] : []),
    ...(access === 'session' ? [`cookie: \`daypass_session=\${${secret}}\``] : []),
    ...Object.entries(call.headers).map(
      ([name, value]) => `${javascript.name(name)}: ${javascript.text(value)}`,
    ),
  ];
  const options = [
    ...(call.method === 'GET' ? [] : [`  method: '${call.method}',\n`]),
    ...(headers.length === 0 ? [] : [`  headers: { ${headers.join(', ')} },\n`]),
    ...(body === undefined ? [] : [`  body: JSON.stringify(${literal(body, javascript, '  ')}),\n`]),
  ].join('');
  const end = streams(body)
    ? `const decoder = new TextDecoder();
for await (const bytes of response.body) process.stdout.write(decoder.decode(bytes, { stream: true }));`
    : 'console.log(await response.json());';
  return `const response = await fetch(${javascript.text(origin + call.target)}${options === '' ? '' : `, {\n${options}}`});
if (!response.ok) throw new Error(await response.text());
${end}
`;
}

const streams = (body: unknown): boolean => (body as { stream?: unknown } | undefined)?.stream === true;

interface Sdk {
  name: 'OpenAI' | 'Anthropic';
  /** The method of its client. */
  method: string;
}

const sdks: Readonly<Record<string, Sdk>> = {
  createChatCompletion: { name: 'OpenAI', method: 'chat.completions.create' },
  createResponse: { name: 'OpenAI', method: 'responses.create' },
  createEmbedding: { name: 'OpenAI', method: 'embeddings.create' },
  listModels: { name: 'OpenAI', method: 'models.list' },
  createMessage: { name: 'Anthropic', method: 'messages.create' },
  countMessageTokens: { name: 'Anthropic', method: 'messages.count_tokens' },
};

function sdkCode(id: string, body: unknown, origin: string): CallCode | undefined {
  const sdk = sdks[id];
  if (sdk === undefined) return undefined;
  const { name, method } = sdk;
  const at = name === 'OpenAI' ? `${origin}/v1` : origin;
  const asked = Object.entries((body ?? {}) as object);
  const words = asked.map(([field, value]) => `    ${field}=${literal(value, python3, '    ')},\n`).join('');
  const inPython = `# pip install ${name.toLowerCase()}
import os
from ${name.toLowerCase()} import ${name}

client = ${name}(base_url=${JSON.stringify(at)}, api_key=os.environ["DAYPASS_API_KEY"])
${streams(body) ? `for event in client.${method}(\n${words}):\n    print(event)` : `print(client.${method}(${words === '' ? '' : `\n${words}`}))`}
`;
  const camel = method.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const argument = asked.length === 0 ? '' : literal(body, javascript, '');
  const inNode = `// npm install ${name === 'OpenAI' ? 'openai' : '@anthropic-ai/sdk'}
import ${name} from '${name === 'OpenAI' ? 'openai' : '@anthropic-ai/sdk'}';

const client = new ${name}({ baseURL: ${javascript.text(at)}, apiKey: process.env.DAYPASS_API_KEY });
const answer = await client.${camel}(${argument});
${streams(body) ? 'for await (const event of answer) console.log(event);' : 'console.log(answer);'}
`;
  return {
    label: t('{name} SDK', { name }),
    blocks: [
      { label: t('{name} SDK for Python', { name }), language: 'python', code: inPython },
      { label: t('{name} SDK for Node', { name }), language: 'javascript', code: inNode },
    ],
  };
}

interface Writing {
  words: Readonly<Record<'true' | 'false' | 'null', string>>;
  name: (name: string) => string;
  text: (text: string) => string;
}

const python3: Writing = {
  words: { true: 'True', false: 'False', null: 'None' },
  name: (name) => JSON.stringify(name),
  text: (text) => JSON.stringify(text),
};
const javascript: Writing = {
  words: { true: 'true', false: 'false', null: 'null' },
  name: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)),
  text: (text) => (/['\\\n]/.test(text) ? JSON.stringify(text) : `'${text}'`),
};

const longestLine = 60;

/** A JSON value as a literal, on one line if it is short. */
function literal(value: unknown, writing: Writing, indent: string): string {
  if (typeof value === 'string') return writing.text(value);
  if (typeof value !== 'object' || value === null) {
    const word = String(value);
    return word === 'true' || word === 'false' || word === 'null' ? writing.words[word] : word;
  }
  const isList = Array.isArray(value);
  const deeper = `${indent}${writing === python3 ? '    ' : '  '}`;
  const parts = Object.entries(value).map(([name, part]) => {
    const written = literal(part, writing, deeper);
    return isList ? written : `${writing.name(name)}: ${written}`;
  });
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const space = !isList && writing === javascript ? ' ' : '';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (line.length <= longestLine && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join('')}${indent}${close}`;
}

import type { CodeLanguage } from '../../parts/highlight.ts';
import type { chatBody } from './chat-body.ts';

export interface CallSnippet {
  id: string;
  label: string;
  language: CodeLanguage;
  code: string;
}

interface Call {
  /** Of this page: the API answers under the same one. */
  origin: string;
  /** A key's value, or what stands for it. */
  key: string;
  body: ReturnType<typeof chatBody>;
}

/** The playground's call in the ways programs make it, streamed. Pasted as they stand, they run. */
export function callSnippets(call: Call): readonly CallSnippet[] {
  return [
    { id: 'curl', label: 'curl', language: 'bash', code: curl(call) },
    { id: 'python', label: 'Python', language: 'python', code: python(call) },
    { id: 'node', label: 'Node', language: 'javascript', code: node(call) },
  ];
}

function curl({ origin, key, body }: Call): string {
  const json = JSON.stringify({ ...body, stream: true }, null, 2);
  return `curl -N ${shellWord(`${origin}/v1/chat/completions`)} \\
  -H ${shellWord(`Authorization: Bearer ${key}`)} \\
  -H 'Content-Type: application/json' \\
  -d ${shellWord(json)}
`;
}

function python({ origin, key, body }: Call): string {
  const fields = Object.entries(body).map(
    ([name, value]) => `    ${name}=${literal(value, pythonStyle, 1)},\n`,
  );
  return `# pip install openai
from openai import OpenAI

client = OpenAI(
    base_url=${JSON.stringify(`${origin}/v1`)},
    api_key=${JSON.stringify(key)},
)
stream = client.chat.completions.create(
${fields.join('')}    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
`;
}

function node({ origin, key, body }: Call): string {
  const fields = Object.entries(body).map(([name, value]) => `  ${name}: ${literal(value, nodeStyle, 1)},\n`);
  return `// npm install openai
import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${JSON.stringify(`${origin}/v1`)},
  apiKey: ${JSON.stringify(key)},
});
const stream = await client.chat.completions.create({
${fields.join('')}  stream: true,
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
}
`;
}

/** One word to a POSIX shell, whatever is in it. */
const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

interface Style {
  indent: string;
  name: (name: string) => string;
}

const pythonStyle: Style = { indent: '    ', name: (name) => JSON.stringify(name) };
const nodeStyle: Style = { indent: '  ', name: (name) => name };

/** JSON's strings and numbers are literals of Python and JavaScript too; objects stand on one line each. */
function literal(value: unknown, style: Style, depth: number): string {
  if (Array.isArray(value)) {
    const inner = style.indent.repeat(depth + 1);
    const items = value.map((item) => `${inner}${literal(item, style, depth + 1)},\n`).join('');
    return `[\n${items}${style.indent.repeat(depth)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([name, field]) => `${style.name(name)}: ${literal(field, style, depth)}`,
    );
    return style === nodeStyle ? `{ ${fields.join(', ')} }` : `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}

import { t } from '../../../language/t.ts';
import type { CodeLanguage } from '../../../parts/code/code-language.ts';

export interface SnippetInput {
  /** This page's, which is the API's too. */
  origin: string;
  /** The secret, or a placeholder. */
  key: string;
  model: string;
}

export interface Snippet {
  /** Shown above the code: "OpenAI SDK for Python". */
  label: string;
  language: CodeLanguage;
  code: string;
}

export interface SnippetGroup {
  id: string;
  label: string;
  snippets: readonly Snippet[];
}

const prompt = () => t('Say hello in five languages.');
const mostTokens = 1024;

/** The same call in several languages. Each runs as it is. */
export function snippetsFor(input: SnippetInput): readonly SnippetGroup[] {
  return [
    group('curl', 'curl', snippet('curl', 'bash', curl(input))),
    group('python', 'Python', snippet('Python', 'python', python(input))),
    group('node', 'Node', snippet('Node', 'javascript', node(input))),
    group(
      'openai',
      t('OpenAI SDK'),
      snippet(t('OpenAI SDK for Python'), 'python', openAiPython(input)),
      snippet(t('OpenAI SDK for Node'), 'javascript', openAiNode(input)),
    ),
    group(
      'anthropic',
      t('Anthropic SDK'),
      snippet(t('Anthropic SDK for Python'), 'python', anthropicPython(input)),
      snippet(t('Anthropic SDK for Node'), 'javascript', anthropicNode(input)),
    ),
  ];
}

const group = (id: string, label: string, ...snippets: Snippet[]): SnippetGroup => ({ id, label, snippets });
const snippet = (label: string, language: CodeLanguage, code: string): Snippet => ({ label, language, code });

/** A string literal in both JavaScript and Python. */
const literal = (text: string) => JSON.stringify(text);
/** Quotes a text for a POSIX shell. */
const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const chatUrl = ({ origin }: SnippetInput) => `${origin}/v1/chat/completions`;

function curl(input: SnippetInput): string {
  const body = { model: input.model, messages: [{ role: 'user', content: prompt() }] };
  return `curl ${chatUrl(input)} \\
  -H ${shellWord(`Authorization: Bearer ${input.key}`)} \\
  -H 'Content-Type: application/json' \\
  -d ${shellWord(JSON.stringify(body))}
`;
}

function python(input: SnippetInput): string {
  return `# pip install requests
import requests

answer = requests.post(
    ${literal(chatUrl(input))},
    headers={"Authorization": ${literal(`Bearer ${input.key}`)}},
    json={
        "model": ${literal(input.model)},
        "messages": [{"role": "user", "content": ${literal(prompt())}}],
    },
    timeout=120,
)
answer.raise_for_status()
print(answer.json()["choices"][0]["message"]["content"])
`;
}

function node(input: SnippetInput): string {
  return `const answer = await fetch(${literal(chatUrl(input))}, {
  method: "POST",
  headers: {
    authorization: ${literal(`Bearer ${input.key}`)},
    "content-type": "application/json",
  },
  body: JSON.stringify({
    model: ${literal(input.model)},
    messages: [{ role: "user", content: ${literal(prompt())} }],
  }),
});
if (!answer.ok) throw new Error(await answer.text());
const { choices } = await answer.json();
console.log(choices[0].message.content);
`;
}

function openAiPython({ origin, key, model }: SnippetInput): string {
  return `# pip install openai
from openai import OpenAI

client = OpenAI(
    api_key=${literal(key)},
    base_url=${literal(`${origin}/v1`)},
)
completion = client.chat.completions.create(
    model=${literal(model)},
    messages=[{"role": "user", "content": ${literal(prompt())}}],
)
print(completion.choices[0].message.content)
`;
}

function openAiNode({ origin, key, model }: SnippetInput): string {
  return `// npm install openai
import OpenAI from "openai";

const client = new OpenAI({
  apiKey: ${literal(key)},
  baseURL: ${literal(`${origin}/v1`)},
});
const completion = await client.chat.completions.create({
  model: ${literal(model)},
  messages: [{ role: "user", content: ${literal(prompt())} }],
});
console.log(completion.choices[0].message.content);
`;
}

function anthropicPython({ origin, key, model }: SnippetInput): string {
  return `# pip install anthropic
from anthropic import Anthropic

client = Anthropic(
    api_key=${literal(key)},
    base_url=${literal(origin)},
)
message = client.messages.create(
    model=${literal(model)},
    max_tokens=${mostTokens},
    messages=[{"role": "user", "content": ${literal(prompt())}}],
)
print(message.content[0].text)
`;
}

function anthropicNode({ origin, key, model }: SnippetInput): string {
  return `// npm install @anthropic-ai/sdk
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  apiKey: ${literal(key)},
  baseURL: ${literal(origin)},
});
const message = await client.messages.create({
  model: ${literal(model)},
  max_tokens: ${mostTokens},
  messages: [{ role: "user", content: ${literal(prompt())} }],
});
console.log(message.content[0].text);
`;
}

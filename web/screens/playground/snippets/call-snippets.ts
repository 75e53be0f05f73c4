import { t } from '../../../language/t.ts';
import type { CodeLanguage } from '../../../parts/code/code-language.ts';
import type { Call } from './call.ts';
import { type CodeStyle, literal, usesFiles } from './code-literal.ts';
import { curlSnippet } from './curl-snippet.ts';

export interface CallSnippet {
  id: string;
  label: string;
  language: CodeLanguage;
  code: string;
}

/** The playground's call in several languages, streamed. Each runs as it is, in the folder that has the files. */
export function callSnippets(call: Call): readonly CallSnippet[] {
  return [
    { id: 'curl', label: t('curl'), language: 'bash', code: curlSnippet(call) },
    { id: 'python', label: t('Python'), language: 'python', code: python(call) },
    { id: 'node', label: t('Node'), language: 'javascript', code: node(call) },
  ];
}

function python({ origin, key, body }: Call): string {
  const fields = Object.entries(body).map(
    ([name, value]) => `    ${name}=${literal(value, pythonStyle, 1)},\n`,
  );
  const reads = usesFiles(body);
  return `# pip install openai
${reads ? pythonImports : ''}from openai import OpenAI
${reads ? pythonReader : ''}
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

const pythonImports = `import base64
from pathlib import Path

`;
const pythonReader = `

def data_url(path, media_type):
    data = base64.b64encode(Path(path).read_bytes()).decode()
    return f"data:{media_type};base64,{data}"

`;

function node({ origin, key, body }: Call): string {
  const fields = Object.entries(body).map(([name, value]) => `  ${name}: ${literal(value, nodeStyle, 1)},\n`);
  const reads = usesFiles(body);
  return `// npm install openai
${reads ? nodeImport : ''}import OpenAI from "openai";
${reads ? nodeReader : ''}
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

const nodeImport = `import { readFile } from "node:fs/promises";
`;
const nodeReader = `
const dataUrl = async (path, mediaType) =>
  \`data:\${mediaType};base64,\${await readFile(path, "base64")}\`;
`;

const pythonStyle: CodeStyle = {
  indent: '    ',
  constant: (value) => ({ true: 'True', false: 'False', null: 'None' })[`${value}`],
  name: (name) => JSON.stringify(name),
  object: (fields) => `{${fields}}`,
  file: ({ readFrom, mediaType }) => `data_url(${JSON.stringify(readFrom)}, ${JSON.stringify(mediaType)})`,
};
const nodeStyle: CodeStyle = {
  indent: '  ',
  name: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)),
  constant: String,
  object: (fields) => `{ ${fields} }`,
  file: ({ readFrom, mediaType }) =>
    `await dataUrl(${JSON.stringify(readFrom)}, ${JSON.stringify(mediaType)})`,
};

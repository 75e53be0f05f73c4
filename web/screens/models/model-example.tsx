import { maskedKey } from '../../key-in-hand/key-secret.ts';
import { useSecretInHand } from '../../key-in-hand/use-secret-in-hand.ts';
import { t } from '../../language/t.ts';
import type { Model } from '../../models/model-facts.ts';
import { CodeBlock } from '../../parts/code/code-block.tsx';
import type { CodeLanguage } from '../../parts/code/code-language.ts';
import { Tabs } from '../../parts/tabs.tsx';

/** A call of the model at this address, with the key in hand. */
export function ModelExample({ model }: { model: Model }) {
  const secret = useSecretInHand()?.secret;
  const examples = model.kind === 'chat' ? chatExamples : embeddingExamples;
  const codeWith = (write: (typeof examples)[number]['write'], key: string) =>
    write({ origin: location.origin, model: model.id, key });
  return (
    <section aria-label={t('An example call')} className="min-w-0">
      <Tabs
        label={t('Programming language')}
        tabs={examples.map(({ label, language, write }) => ({
          value: label,
          label,
          panel: (
            <CodeBlock
              label={label}
              language={language}
              code={codeWith(write, secret === undefined ? 'YOUR_KEY' : maskedKey(secret))}
              copied={codeWith(write, secret ?? 'YOUR_KEY')}
              wrap
            />
          ),
        }))}
      />
    </section>
  );
}

interface Called {
  origin: string;
  model: string;
  key: string;
}

interface Example {
  label: string;
  language: CodeLanguage;
  write: (called: Called) => string;
}

const chatExamples: readonly Example[] = [
  {
    label: 'curl',
    language: 'bash',
    write: ({ origin, model, key }) => `curl ${origin}/v1/chat/completions \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
  },
  {
    label: 'Python',
    language: 'python',
    write: ({ origin, model, key }) => `# pip install openai
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="${key}")
completion = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(completion.choices[0].message.content)`,
  },
  {
    label: 'Node',
    language: 'javascript',
    write: ({ origin, model, key }) => `// npm install openai
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${origin}/v1', apiKey: '${key}' });
const completion = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(completion.choices[0].message.content);`,
  },
];

const embeddingExamples: readonly Example[] = [
  {
    label: 'curl',
    language: 'bash',
    write: ({ origin, model, key }) => `curl ${origin}/v1/embeddings \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"model": "${model}", "input": "Hello"}'`,
  },
  {
    label: 'Python',
    language: 'python',
    write: ({ origin, model, key }) => `# pip install openai
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="${key}")
embeddings = client.embeddings.create(model="${model}", input="Hello")
print(embeddings.data[0].embedding)`,
  },
];

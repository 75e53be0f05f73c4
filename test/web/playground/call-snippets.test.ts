import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { newAnswer } from '../../../web/screens/playground/answer.ts';
import { callSnippets } from '../../../web/screens/playground/call-snippets.ts';
import { chatBody } from '../../../web/screens/playground/chat-body.ts';

const settings = { model: 'nova-lite', system: 'Be "brief".', temperature: 0.2, maxTokens: 50 };
const snippet = (id: string, question: string) => {
  const body = chatBody([], question, settings);
  const all = callSnippets({ origin: 'https://example.com', key: 'dpkKEY', body });
  return { body, code: all.find((one) => one.id === id)?.code ?? '' };
};
const questions = fc
  .string({ unit: 'binary', minLength: 1 })
  .filter((text) => !text.includes('\0') && text.trim() !== '');

test('what a shell hands to curl is the call, whatever the question holds', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { body, code } = snippet('curl', question);
      const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${code}`;
      const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
      expect(words[1]).toBe('https://example.com/v1/chat/completions');
      expect(words).toContain('Authorization: Bearer dpkKEY');
      expect(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).toEqual({ ...body, stream: true });
    }),
    { numRuns: 60, seed: 4 },
  );
});

test('the Node snippet makes the call, whatever the question holds', async () => {
  await fc.assert(
    fc.asyncProperty(questions, async (question) => {
      const { body, code } = snippet('node', question);
      const seen: unknown[] = [];
      class OpenAI {
        chat = { completions: { create: async (call: unknown) => [seen.push(call)].slice(1) } };
      }
      const program = code.replace(/^import .*$/m, '');
      const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
      await new AsyncFunction('OpenAI', program)(OpenAI);
      expect(seen).toEqual([{ ...body, stream: true }]);
    }),
    { numRuns: 60, seed: 4 },
  );
});

test('the Python snippet has every field, as JSON’s literals are Python’s', () => {
  const { code } = snippet('python', 'Say "hi"\nand \\ bye');
  expect(code).toContain('    model="nova-lite",\n');
  expect(code).toContain('        {"role": "user", "content": "Say \\"hi\\"\\nand \\\\ bye"},\n');
  expect(code).toContain('    temperature=0.2,\n    max_completion_tokens=50,\n    stream=True,\n');
});

test('an answer that broke off is part of the conversation as far as it came; none without words', () => {
  const answer = newAnswer('a', 'nova-lite', 0);
  const earlier = [
    { id: '1', question: 'One?', answer: { ...answer, text: 'Half an' } },
    { id: '2', question: 'Two?', answer },
  ];
  const { messages } = chatBody(earlier, 'Three?', { ...settings, system: '  ' });
  expect(messages).toEqual([
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: 'Half an' },
    { role: 'user', content: 'Two?' },
    { role: 'user', content: 'Three?' },
  ]);
});

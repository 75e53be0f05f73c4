import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { dataUrlOf } from '../../../../web/screens/playground/attachments/attachment.ts';
import { chatBody } from '../../../../web/screens/playground/question/chat-body.ts';
import type { Question } from '../../../../web/screens/playground/question/question.ts';
import { callSnippets } from '../../../../web/screens/playground/snippets/call-snippets.ts';
import { referenceTo } from '../../../../web/screens/playground/snippets/file-reference.ts';
import { attachmentOf } from '../attachments/attachment-fixture.ts';

const settings = { model: 'nova-lite', system: 'Be "brief".', temperature: 0.2, maxTokens: 50 };
const snippet = (id: string, question: Question) => {
  const body = chatBody([], question, settings, referenceTo);
  const all = callSnippets({ origin: 'https://example.com', key: 'dpkKEY', body });
  return {
    /** What the playground itself sends. */
    sent: { ...chatBody([], question, settings, dataUrlOf), stream: true },
    code: all.find((one) => one.id === id)?.code ?? '',
  };
};
const words = fc
  .string({ unit: 'binary', minLength: 1 })
  .filter((text) => !text.includes('\0') && text.trim() !== '');

const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Too long for a shell argument, and with a name that needs quoting. */
const picture = attachmentOf('it\'s $(id) "1".png', Buffer.alloc(200_000, '\x89PNG'), {
  kind: 'image',
  mediaType: 'image/png',
});
const attachments = [picture, attachmentOf('file', 'file file-')];
for (const { name, base64 } of attachments) writeFileSync(join(folder, name), base64, 'base64');

test.each([
  ['words alone', []],
  ['words and files', attachments],
])('the curl snippet makes the call, whatever the question contains: %s', (_, files) => {
  fc.assert(
    fc.property(words, (text) => {
      const { sent, code } = snippet('curl', { text, attachments: files });
      const curl = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; case "$*" in *--data-binary*) cat;; esac; }`;
      const handed = execFileSync('sh', ['-c', `${curl}\n${code}`], {
        encoding: 'utf8',
        cwd: folder,
      }).split('\0');
      expect(handed[1]).toBe('https://example.com/v1/chat/completions');
      expect(handed).toContain('Authorization: Bearer dpkKEY');
      const body = files.length > 0 ? handed.at(-1) : handed[handed.indexOf('-d') + 1];
      expect(JSON.parse(body ?? '')).toEqual(sent);
      expect(code.length).toBeLessThan(4000 + 8 * text.length);
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['words alone', []],
  ['words and files', attachments],
])('the Node snippet makes the call, whatever the question contains: %s', async (_, files) => {
  await fc.assert(
    fc.asyncProperty(words, async (text) => {
      const { sent, code } = snippet('node', { text, attachments: files });
      const seen: unknown[] = [];
      class OpenAI {
        chat = { completions: { create: async (call: unknown) => [seen.push(call)].slice(1) } };
      }
      const program = code.replace(/^import .*$/gm, '');
      const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
      const here = (name: string, encoding: 'base64') => readFile(join(folder, name), encoding);
      await new AsyncFunction('OpenAI', 'readFile', program)(OpenAI, here);
      expect(seen).toEqual([sent]);
      expect(code.includes('readFile')).toBe(files.length > 0);
    }),
    { numRuns: 40 },
  );
});

test('the Python snippet has every field, as JSON’s literals are Python’s', () => {
  const { code } = snippet('python', { text: 'Say "hi"\nand \\ bye', attachments: [] });
  expect(code).toContain('    model="nova-lite",\n');
  expect(code).toContain('        {"role": "user", "content": "Say \\"hi\\"\\nand \\\\ bye"},\n');
  expect(code).toContain('    temperature=0.2,\n    max_completion_tokens=50,\n    stream=True,\n');
  expect(code).not.toContain('data_url');
});

test('the Python snippet reads each file by its name', () => {
  const { code } = snippet('python', { text: 'Read.', attachments });
  expect(code).toContain(
    '{"type": "image_url", "image_url": {"url": data_url("it\'s $(id) \\"1\\".png", "image/png")}}',
  );
  expect(code).toContain('"file": {"filename": "file", "file_data": data_url("file", "text/plain")}');
  expect(code.indexOf('def data_url')).toBeGreaterThan(code.indexOf('import base64'));
});

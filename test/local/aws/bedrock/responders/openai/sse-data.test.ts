import { readSseData } from '../../../../../../local/aws/bedrock/responders/openai/sse-data.ts';

async function* pieces(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}
const read = (...parts: (string | Uint8Array)[]) => Array.fromAsync(readSseData(pieces(...parts)));

test.each([
  ['after a byte order mark', ['\uFEFFdata: a\n\ndata: b\n\n'], ['a', 'b']],
  [
    'with every line ending, split anywhere',
    ['data: a\r', '\n\r\nda', 'ta:b\r\rdata: c\n\n'],
    ['a', 'b', 'c'],
  ],
  ['of several lines', ['data: a\ndata: b\n\n'], ['a\nb']],
  ['among comments and other fields', [': hi\nevent: x\nid: 1\ndata: a\nodd\n\n'], ['a']],
  ['whose blank line is missing at the end', ['data: a\n\ndata: [DONE]\n'], ['a', '[DONE]']],
  ['whose line is cut at the end', ['data: a\n\ndata: {"cho'], ['a', '{"cho']],
])('reads events %s', async (_name, parts, events) => {
  expect(await read(...parts)).toEqual(events);
});

test('joins characters that arrive in halves', async () => {
  const bytes = Buffer.from('data: 🚀\n\n');
  expect(await read(bytes.subarray(0, 8), bytes.subarray(8))).toEqual(['🚀']);
});

test('refuses an event of more than four million characters', async () => {
  const chunk = 'x'.repeat(1024 * 1024);
  const within = await read('data: ', chunk, chunk, chunk, '\n\n');
  expect(within[0]).toHaveLength(3 * 1024 * 1024);
  await expect(read('data: ', chunk, chunk, chunk, chunk, chunk)).rejects.toThrow('too long');
});

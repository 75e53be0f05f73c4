import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

const source = `
  import middy from '@middy/core';
  import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
  import { Readable } from 'node:stream';

  export const handler = middy({ executionMode: executionModeStreamifyResponse })
    .onError((request) => { request.response = { statusCode: 500, body: 'hidden' } })
    .handler(async (event) => {
      if (event.fail) throw new Error('inside');
      const body = event.stream ? Readable.from(['data: 1\\n\\n', 'data: 2\\n\\n']) : event.body;
      return { statusCode: 200, headers: { 'content-type': 'text/event-stream' }, body };
    });`;

async function bundle(format: 'esm' | 'cjs'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: 'node',
    format,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const prelude = '{"statusCode":200,"headers":{"content-type":"text/event-stream"}}\0\0\0\0\0\0\0\0';

describe.each([
  ['esm', 'index.mjs'],
  ['cjs', 'index.js'],
] as const)('a middy handler bundled as %s', (format, file) => {
  beforeEach(async () => {
    hosted = hostWith({ [file]: await bundle(format) });
  });

  test('streams what its body stream gives', async () => {
    expect(await text((await hosted.stream({ stream: true })).body)).toBe(`${prelude}data: 1\n\ndata: 2\n\n`);
  });

  test('sends a text body whole, long or empty', async () => {
    const body = 'é'.repeat(100_000);
    expect(await text((await hosted.stream({ body })).body)).toBe(prelude + body);
    expect(await text((await hosted.stream({ body: '' })).body)).toBe(prelude);
  });

  test('answers an error through onError', async () => {
    expect(await text((await hosted.stream({ fail: true })).body)).toBe(
      '{"statusCode":500}\0\0\0\0\0\0\0\0hidden',
    );
  });
});

import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

const source = `
  import { Readable } from 'node:stream';
  import { pipeline } from 'node:stream/promises';

  export const handler = awslambda.streamifyResponse(async (event, stream) => {
    const head = { statusCode: 200, headers: { 'content-type': 'text/event-stream' } };
    const response = awslambda.HttpResponseStream.from(stream, head);
    response.write('');
    if (event.stream) return pipeline(Readable.from(['data: 1\\n\\n', 'data: 2\\n\\n']), response);
    response.end(event.body);
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
] as const)('a handler bundled as %s', (format, file) => {
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
});

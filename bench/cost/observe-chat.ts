import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daypass } from '../chat/subjects/contenders.ts';
import { call, many, type Timed } from '../measure/calls.ts';
import { percentile } from '../measure/figures.ts';
import { end, type Subject, startScript } from '../measure/process.ts';
import type { ChatFacts } from './dollars.ts';

/** Runs the chat function in front of stubs of AWS and looks at what is billed of a streamed call. */
export async function observeChat(root: string): Promise<ChatFacts> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-cost-'));
  const aws = await startScript(join(root, 'bench/chat/stub-aws.ts'));
  let served: Subject | undefined;
  try {
    const contender = await daypass('Daypass', root, scratch);
    const subject = await contender.start(aws.port);
    served = subject;
    const stream = (tokens: number, headers = {}) =>
      call({ port: subject.port, path: contender.path, headers }, chat(tokens), (text) =>
        text.includes(' word'),
      );
    const warm = await many(50, 1, () => stream(1));
    const before = await writeUnits(aws.port);
    const { logBytes } = await usage(subject.port);
    const calls = 20;
    await many(calls, 1, () => stream(1));
    const [short, long] = [await stream(1), await stream(501)];
    const gzip = { 'accept-encoding': 'gzip' };
    const [shortGzip, longGzip] = [await stream(1, gzip), await stream(501, gzip)];
    return {
      addedSeconds:
        percentile(
          warm.map(({ totalMs }) => totalMs).sort((a, b) => a - b),
          0.5,
        ) / 1000,
      writeUnits: ((await writeUnits(aws.port)) - before) / (calls + 4),
      logBytes: ((await usage(subject.port)).logBytes - logBytes) / (calls + 4),
      headBytes: short.text.length + headerBytes(short),
      bytesAChunk: (long.text.length - short.text.length) / 500,
      gzippedBytesAChunk: (longGzip.text.length - shortGzip.text.length) / 500,
    };
  } finally {
    if (served) await end(served);
    await end(aws);
    rmSync(scratch, { recursive: true });
  }
}

const chat = (tokens: number) => ({
  model: 'nova-lite',
  stream: true,
  max_tokens: 4000,
  // Tokens that come one by one, as of a model: those of one read would be one chunk.
  messages: [{ role: 'user', content: `say ${tokens} every 2` }],
});

const headerBytes = ({ headers }: Timed): number => headers.reduce((sum, part) => sum + part.length + 2, 0);

async function usage(port: number): Promise<{ logBytes: number }> {
  return JSON.parse((await call({ port, path: '/usage' }, undefined)).text);
}

/** Of items under a kilobyte: one for each write, and two for each in a transaction. */
async function writeUnits(port: number): Promise<number> {
  const { text } = await call({ port, path: '/counts' }, undefined);
  return (JSON.parse(text) as { writeUnits: number }).writeUnits;
}

import { randomUUID } from 'node:crypto';
import { startFullPort } from './full-port.ts';
import { startFunctions } from './functions.ts';
import { chatEvent } from './race-runner.ts';
import { type RunningBench, startBench } from './start-bench.ts';

let bench: RunningBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

describe('while nothing answers at Bedrock’s address', () => {
  test.each([
    ['refuses connections', async () => ({ url: 'http://127.0.0.1:1', close: async () => {} })],
    ['makes none', startFullPort],
  ])('and it %s, a chat is refused with 503 and not charged', async (_how, open) => {
    const { url, close } = await open();
    const functions = await startFunctions({
      catalog: bench.platform.catalog,
      variables: {
        ...bench.platform.variables(bench.platform.directUrl),
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
      },
      timerSpeed: 10,
    });
    const key = await bench.workshop.create(randomUUID());
    const offsetMs = bench.platform.clock.offsetSeconds * 1000;
    const answer = await functions
      .environment('walled')
      .invoke('chat-completions', chatEvent(key.record, randomUUID()), offsetMs);
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'service_unavailable' } } });
    const charged = await bench.workshop.charge(key.record.apiKeyId ?? '');
    // The charge just made is the only one.
    expect(charged).toMatchObject({ outcome: 'charged', charge: { standing: { remaining: 9 } } });
    await functions.close();
    await close();
  });
});

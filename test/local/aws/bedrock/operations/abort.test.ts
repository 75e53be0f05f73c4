import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { createModelResponder } from '../../../../../local/aws/bedrock/responders/model-responder.ts';
import type { Responder } from '../../../../../local/aws/bedrock/responders/responder.ts';
import { ask, modelId, type Protocol, signed, startBedrock, until } from '../start-bedrock.ts';

/** Would go on for ever; counts what it made. */
function endlessResponder(): { responder: Responder; made(): number; ended(): boolean } {
  let made = 0;
  let ended = false;
  const responder = createModelResponder({
    description: 'endless',
    async *generate() {
      try {
        for (;;) {
          made += 1;
          yield { kind: 'text' as const, text: 'word '.repeat(200) };
        }
      } finally {
        ended = true;
      }
    },
  });
  return { responder, made: () => made, ended: () => ended };
}

describe.each<Protocol>(['HTTP/1.1', 'HTTP/2'])('over %s', (protocol) => {
  test('a client that leaves a stream stops the generation', async () => {
    const { responder, ended } = endlessResponder();
    const bedrock = await startBedrock({ responder });
    const abort = new AbortController();
    const command = new ConverseStreamCommand(ask('Hi'));
    const { stream } = await bedrock.client(protocol).send(command, { abortSignal: abort.signal });
    const reading = (async () => {
      let events = 0;
      for await (const _ of stream ?? []) {
        events += 1;
        if (events === 3) abort.abort();
      }
    })();
    await reading.catch(() => {});
    await until(() => bedrock.stats().liveStreams === 0);
    expect(ended()).toBe(true);
    expect(bedrock.stats()).toMatchObject({ started: 1, completed: 0, aborted: 1, failed: 0 });
    await bedrock.close();
  });

  test('a client that leaves while it waits for the first token stops the generation', async () => {
    const bedrock = await startBedrock({ settings: { firstTokenDelayMs: 600_000 } });
    for (const Command of [ConverseCommand, ConverseStreamCommand]) {
      const abort = new AbortController();
      const command = new Command(ask('Hi')) as ConverseCommand;
      const sent = bedrock.client(protocol).send(command, { abortSignal: abort.signal });
      await until(() => bedrock.stats().liveStreams === 1);
      abort.abort();
      await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
      await until(() => bedrock.stats().liveStreams === 0);
    }
    expect(bedrock.stats()).toMatchObject({ started: 2, completed: 0, aborted: 2 });
    await bedrock.close();
  });

  test('a client that does not read holds the generation back instead of filling memory', async () => {
    const { responder, made } = endlessResponder();
    const bedrock = await startBedrock({ responder });
    const abort = new AbortController();
    const command = new ConverseStreamCommand(ask('Hi'));
    await bedrock.client(protocol).send(command, { abortSignal: abort.signal });
    let before = -1;
    for (let calm = 0; calm < 20; calm = made() === before ? calm + 1 : 0) {
      before = made();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(bedrock.stats().liveStreams).toBe(1);
    await bedrock.close();
  });
});

test('a call that comes before the answer to the one before it has been sent is answered too', async () => {
  const bedrock = await startBedrock({ settings: { firstTokenDelayMs: 20 } });
  const { port } = new URL(bedrock.url);
  const body = JSON.stringify({ messages: ask('Hi').messages });
  const call = (connection: string) =>
    [
      `POST /model/${modelId}/converse HTTP/1.1`,
      'host: localhost',
      `authorization: ${signed.authorization}`,
      `content-length: ${body.length}`,
      `connection: ${connection}`,
      '',
      body,
    ].join('\r\n');
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(call('keep-alive') + call('close'));
  expect((await text(socket)).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  expect(bedrock.stats()).toMatchObject({ started: 2, completed: 2, aborted: 0 });
  await bedrock.close();
});

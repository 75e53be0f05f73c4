import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { addPerson, call, chatBody, createKey, type Person } from './client.ts';
import { type ModelAnswer, type ModelServer, startModelServer } from './model-server.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';

let model: ModelServer;
let runtime: RunningRuntime;
let person: Person;
let table: DynamoDBClient;

beforeAll(async () => {
  model = await startModelServer();
  runtime = await startRuntime({ environment: { DAYPASS_MODEL_URL: model.url } });
  person = await addPerson(runtime);
  table = new DynamoDBClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}, 120_000);

afterAll(async () => {
  table?.destroy();
  await runtime?.stop();
  await model?.close();
});

const fronts = ['edge', 'stage'] as const;
const words = ['one ', 'two ', 'three '];

/** A chat over a connection of its own, which the test can break. */
function openChat(base: string, key: string, streamed: boolean): ClientRequest {
  const request = openRequest(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    agent: false,
  });
  // Its own end is no surprise to it.
  request.on('error', () => {});
  request.end(JSON.stringify(chatBody({ stream: streamed, max_tokens: 1000 })));
  return request;
}

const answerTo = (request: ClientRequest) =>
  new Promise<IncomingMessage>((resolve) => request.once('response', resolve));

/** Reads until `text` has come, and leaves the rest. */
async function readUntil(response: IncomingMessage, text: string): Promise<void> {
  let read = '';
  for await (const chunk of response.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    read += chunk.toString();
    if (read.includes(text)) return;
  }
  throw new Error(`"${text}" never came`);
}

/** Resolves with what `look` finds once it holds; the test's own time limit ends the wait. */
async function until<T>(look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const generations = async (): Promise<Record<string, number>> =>
  (await fetch(`${runtime.aws}/_stand-in/bedrock/stats`)).json() as Promise<Record<string, number>>;

async function ledger(keyId: string): Promise<Record<string, unknown>[]> {
  const { TableNames: [TableName] = [] } = await table.send(new ListTablesCommand({}));
  const client = DynamoDBDocumentClient.from(table);
  const lines: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    lines.push(...Items.filter((item) => String(item.sk).startsWith('LEDGER#') && item.keyId === keyId));
  }
  return lines.toSorted((one, other) => String(one.sk).localeCompare(String(other.sk)));
}

async function recordedOf({ id, key }: { id: string; key: string }) {
  const [lines, standing, usage] = await Promise.all([
    ledger(id),
    call(runtime.edge, '/v1/api-key', { key }),
    call(runtime.edge, `/v1/usage?keyId=${id}`, { token: person.token }),
  ]);
  const rows: { requests: number }[] = usage.body.data;
  return { lines, used: standing.body.used, requests: rows.map(({ requests }) => requests) };
}

/** What a runtime prints when a function's call went wrong, or its usage was not recorded. */
const complaints = () =>
  runtime
    .output()
    .split('\n')
    .filter((line) => /unhandled|error|failed|timed out|exit/i.test(line));

describe.each(fronts)('a caller of the %s port who leaves', (front) => {
  let key: { id: string; key: string };
  let calls = 0;

  beforeAll(async () => {
    key = await createKey(runtime, person.token, { plan: front === 'edge' ? '20-per-day' : '30-per-day' });
  });

  /** Leaves after so many chunks, and checks the model and what was recorded. @returns the call's line in the ledger */
  async function leaveAfter(said: number, streamed: boolean) {
    const before = await generations();
    const request = openChat(runtime[front], key.key, streamed);
    const answer = await model.asked();
    for (const word of words.slice(0, said)) await answer.say(word);
    if (streamed && said > 0) await readUntil(await answerTo(request), words[said - 1] ?? '');
    request.destroy();
    await answer.left;
    await until(generations, ({ liveStreams }) => liveStreams === 0);
    expect(await generations()).toEqual({
      ...before,
      started: (before.started ?? 0) + 1,
      aborted: (before.aborted ?? 0) + 1,
    });
    calls += 1;
    const recorded = await until(
      () => recordedOf(key),
      ({ lines }) => lines.length >= calls,
    );
    expect(recorded).toMatchObject({ used: calls, requests: [calls] });
    expect(recorded.lines).toHaveLength(calls);
    return recorded.lines.at(-1);
  }

  describe.each([
    ['a streamed', true],
    ['a whole', false],
  ] as const)('%s answer', (_kind, streamed) => {
    test.each([0, 1, 2, 3])(
      'after %i chunks ends generation, and is settled once by estimate',
      async (said) => {
        const line = await leaveAfter(said, streamed);
        expect(line).toMatchObject({ mark: 'aborted', inputTokens: 4 });
        // Of a whole answer nobody outside sees how much had come by then.
        if (streamed) expect(Number(line?.outputTokens) > 0).toBe(said > 0);
      },
    );
  });

  test('after the end changes nothing: the call is settled once by the model’s count', async () => {
    const before = await generations();
    const request = openChat(runtime[front], key.key, true);
    const answer = await model.asked();
    await answer.say('all');
    answer.finish();
    await readUntil(await answerTo(request), '[DONE]');
    request.destroy();
    calls += 1;
    const { lines, used, requests } = await recordedOf(key);
    expect({ used, requests }).toEqual({ used: calls, requests: [calls] });
    expect(lines).toHaveLength(calls);
    expect(lines.at(-1)).toMatchObject({ mark: 'metered', inputTokens: 7, outputTokens: 5 });
    expect(await generations()).toMatchObject({
      aborted: before.aborted,
      completed: (before.completed ?? 0) + 1,
    });
  });

  test('leaves no complaint in the log, and the next call is answered', async () => {
    const request = openChat(runtime[front], key.key, true);
    const answer = await model.asked();
    answer.finish();
    await readUntil(await answerTo(request), '[DONE]');
    expect(complaints()).toEqual([]);
  });
});

describe('readers who don’t read', () => {
  /** One chunk: 16 KB that can be told apart. */
  const chunkOf = (at: number) => `<${at}>`.padEnd(16_384, '.');
  const mostChunks = 8_000;

  /** Speaks as fast as it is let, until told to stop or nobody is there. */
  function speak(answer: ModelAnswer) {
    const state = { said: 0, stop: false };
    void answer.left.then(() => {
      state.stop = true;
    });
    const speaking = (async () => {
      while (!state.stop && state.said < mostChunks) {
        await answer.say(chunkOf(state.said));
        state.said += 1;
      }
    })();
    return { state, speaking };
  }

  test('hold the model back; one may leave, and the other still gets all of it', async () => {
    const key = await createKey(runtime, person.token);
    const before = await generations();
    const readers = fronts.map((front) => openChat(runtime[front], key.key, true));
    const answers = [await model.asked(), await model.asked()] as const;
    const speakers = answers.map(speak);
    const responses = await Promise.all(readers.map(answerTo));
    // A model that isn't held back has said everything by the time the runtime has answered that many other calls.
    for (let calls = 0; calls < 500; calls += 1) await generations();
    // The system's own buffers on the way hold some 40 MB.
    for (const { state } of speakers) expect(state.said).toBeLessThan(mostChunks / 2);
    expect(await generations()).toMatchObject({ liveStreams: 2, completed: before.completed });

    // Which of the two answers is whose shows by which ends.
    readers[0]?.destroy();
    const gone = await Promise.race(answers.map((answer, at) => answer.left.then(() => at)));
    const [stayed, speaker] = [answers[1 - gone], speakers[1 - gone]];
    if (stayed === undefined || speaker === undefined) throw new Error('there are two answers');
    speaker.state.stop = true;
    const reading = responses[1]?.toArray();
    await speaker.speaking;
    stayed.finish();
    const text = Buffer.concat((await reading) ?? []).toString();
    const heard = [...text.matchAll(/<(\d+)>/g)].map(([, at]) => Number(at));
    expect(heard).toEqual(Array.from({ length: speaker.state.said }, (_, at) => at));
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    const recorded = await until(
      () => recordedOf(key),
      ({ lines }) => lines.length >= 2,
    );
    expect(recorded.lines.map(({ mark }) => mark).toSorted()).toEqual(['aborted', 'metered']);
    expect(recorded).toMatchObject({ used: 2, requests: [2] });
  });
});

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicMessages } from '../../../../core/chat/anthropic-messages/dialect.ts';
import { relaying } from '../../../../core/chat/relaying.ts';
import type { SendUpstream } from '../../../../core/chat/upstream.ts';
import { createAnthropicCounter } from '../../../../core/providers/anthropic/count-tokens.ts';
import { createOpenAiEmbeddings } from '../../../../core/providers/openai/embeddings.ts';
import { createHttpUpstream } from '../../../../lambda/adapters/upstream/http-upstream.ts';
import { isPublic, publicLookup } from '../../../../lambda/adapters/upstream/public-addresses.ts';
import { requestIds, withRequestId } from '../../../../lambda/request-ids.ts';
import { someLimits, someModel } from '../../../core/chat/model-fixture.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serving(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const call = { path: '/chat/completions', headers: { 'x-one': '1' }, body: '{"a":1}', streamed: true };
const { signal } = new AbortController();
const local = (port: number) =>
  createHttpUpstream({ baseUrl: `http://127.0.0.1:${port}/v1`, privateNetwork: true });

test.each(['x-request-id', 'request-id', 'x-amzn-requestid'])(
  'the provider’s own id of the request, its %s, is noted for the log',
  async (name) => {
    const port = await serving((_request, response) => response.writeHead(503, { [name]: 'theirs-1' }).end());
    const ids = await withRequestId('ours-1', async () => {
      await local(port)(call, signal);
      return { ...requestIds() };
    });
    expect(ids).toEqual({ requestId: 'ours-1', providerRequestId: 'theirs-1' });
  },
);

test('sends the call below the base URL and reads events, however their bytes are cut', async () => {
  const wire = Buffer.from(
    '\uFEFFevent: a\r\ndata: {"text":"héllo 🎈"}\r\n\r\n: beat\n\ndata: one\ndata: two\n\ndata: [DONE]\n\n',
  );
  for (const size of [1, 2, 3, 7, wire.length]) {
    const seen: unknown[] = [];
    const port = await serving((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers['x-one'], body);
        for (let at = 0; at < wire.length; at += size) response.write(wire.subarray(at, at + size));
        response.end();
      });
    });
    const answer = await local(port)(call, signal);
    expect(await Array.fromAsync(answer.events())).toEqual([
      { event: 'a', data: '{"text":"héllo 🎈"}' },
      { event: undefined, data: 'one\ntwo' },
      { event: undefined, data: '[DONE]' },
    ]);
    expect(seen).toEqual(['POST', '/v1/chat/completions', '1', '{"a":1}']);
  }
});

test('a call on a connection that the server has ended while it was idle is made on a new one', async () => {
  const sockets = new Set<unknown>();
  const port = await serving((request, response) => {
    if (sockets.has(request.socket)) return void request.socket.destroy();
    sockets.add(request.socket);
    request.resume().on('end', () => response.end('{}'));
  });
  const upstream = local(port);
  for (let count = 1; count <= 3; count += 1) {
    const answer = await upstream(call, signal);
    expect(await answer.text()).toBe('{}');
    expect(sockets.size).toBe(count);
  }
});

test('a call on a connection of its own is made once, however that ends', async () => {
  let calls = 0;
  const port = await serving((request) => {
    calls += 1;
    request.socket.destroy();
  });
  await expect(local(port)(call, signal)).rejects.toMatchObject({ code: 'model_failed' });
  expect(calls).toBe(1);
});

test('a redirect is an answer like any other: where it leads is never called', async () => {
  let canary = 0;
  const there = await serving((_request, response) => {
    canary += 1;
    response.end();
  });
  const port = await serving((_request, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${there}/v1/chat/completions` }).end();
  });
  const answer = await local(port)(call, signal);
  expect([answer.status, await answer.text(), canary]).toEqual([307, '', 0]);
});

test('an answer that breaks off fails, and so does one that never comes', async () => {
  const cut = await serving((_request, response) => {
    response.write('data: one\n\n', () => response.destroy());
  });
  const answer = await local(cut)(call, signal);
  await expect(Array.fromAsync(answer.events())).rejects.toMatchObject({ code: 'model_failed' });
  const reset = await serving((request) => request.socket.destroy());
  await expect(local(reset)(call, signal)).rejects.toMatchObject({ code: 'model_failed' });
  const gone = await serving(() => {});
  const server = servers.pop();
  await new Promise((done) => server?.close(done));
  await expect(local(gone)(call, signal)).rejects.toMatchObject({ code: 'service_unavailable' });
});

test('a connection serves one call after the other', async () => {
  const connections = new Set<unknown>();
  const port = await serving((request, response) => {
    connections.add(request.socket);
    response.write('data: one\n\n');
    response.end('data: [DONE]\n\n');
  });
  const send = local(port);
  for (let turn = 0; turn < 3; turn += 1) {
    const answer = await send(call, signal);
    expect(await Array.fromAsync(answer.events())).toHaveLength(2);
  }
  expect(connections.size).toBe(1);
});

test('a server that leaves the connection open behind the terminator is not waited for', async () => {
  const port = await serving((_request, response) => {
    response.write('data: [DONE]\n\n');
  });
  const answer = await local(port)(call, signal);
  const seen: unknown[] = [];
  const read = async () => {
    for await (const { data } of answer.events()) seen.push(data);
  };
  await expect(read()).rejects.toMatchObject({ code: 'model_timeout' });
  expect(seen).toEqual(['[DONE]']);
});

test('leaving ends the provider’s work', async () => {
  const left = Promise.withResolvers<void>();
  const port = await serving((_request, response) => {
    response.on('close', () => left.resolve());
    response.write('data: one\n\n');
  });
  const leaving = new AbortController();
  const answer = await local(port)(call, leaving.signal);
  const read = async () => {
    for await (const _event of answer.events()) leaving.abort();
  };
  await expect(read()).rejects.toThrow();
  await left.promise;
});

/** Hosts by which somebody may try to reach this machine, or the network that a function runs in. */
const privateHosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.0.0.1', '0x7F.1'],
  ...[
    '017700000001',
    '0177.0.0.1',
    '0177.1',
    '00000177.0.0.1',
    '127.0.0.0x1',
    '127.0.0.01',
    '0',
    '0.0.0.0',
    '0x0',
  ],
  ...[
    '10.0.0.1',
    '10.1',
    '0xa.0.0.1',
    '012.0.0.1',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
  ],
  ...[
    '3232235521',
    '0xc0a80001',
    '192.168.257',
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
  ],
  ...[
    '169.254.43518',
    '169.16689662',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
  ],
  ...['255.255.255.255', '240.0.0.1', '192.0.2.1', '203.0.113.9'],
  ...['１２７.０.０.１', '127。0。0。1', '①②⑦.⓪.⓪.①', '127%2e0%2e0%2e1'],
  ...[
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
  ],
  ...[
    '[::127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
  ],
  ...[
    '[2002:7f00:1::]',
    '[2001::1]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
  ],
  ...[
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
    '[3fff::1]',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
  ],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'user:pw@127.0.0.1',
    'api.openai.com@127.0.0.1',
    '127.0.0.1#@api.openai.com',
  ],
];

/** All that is asked of a provider besides Bedrock's own API. */
function roads(send: SendUpstream): Record<string, () => Promise<unknown>> {
  const ports = { send, key: undefined, takesOwnKeys: false };
  const model = someModel({ provider: 'other', accepts: ['token-counts'] });
  const embedding = {
    ...model,
    family: 'openai' as const,
    contextTokens: undefined,
    maxCharacters: undefined,
  };
  const [batch] = createOpenAiEmbeddings(ports).prepare(['Hi'], { ...embedding, dimensions: [] }, options);
  const body = { model: model.name, messages: [{ role: 'user', content: 'Hi' }] };
  const counted = relaying(anthropicMessages, { models: [] }).toChatRequest(body as never, someLimits);
  return {
    chat: () => send(call, signal),
    embeddings: () => batch?.embed({ signal }) ?? Promise.reject(new Error('nothing to embed')),
    'count of tokens': () => createAnthropicCounter(ports).count(counted, model, { signal }),
  };
}

const options = { dimensions: undefined, encoding: 'float' } as const;

test(`none of ${privateHosts.length} ways to name a private address reaches the canary`, async () => {
  let reached = 0;
  const port = await serving((_request, response) => {
    reached += 1;
    response.end();
  });
  expect(privateHosts.length).toBeGreaterThanOrEqual(60);
  for (const host of privateHosts) {
    const [name = '', rest = ''] = host.split(/(?=#)/);
    const send = createHttpUpstream({ baseUrl: `http://${name}:${port}/v1${rest}`, privateNetwork: false });
    for (const [what, ask] of Object.entries(roads(send))) {
      const outcome = await ask().catch(({ code }: { code: string }) => code);
      expect([host, what, outcome]).toEqual([host, what, 'service_unavailable']);
    }
  }
  expect(reached).toBe(0);
});

type Answers = { address: string; family: number }[];
const resolving =
  (...turns: Answers[]) =>
  (_host: string, _options: unknown, done: (error: null, addresses: Answers) => void) =>
    done(null, turns.length > 1 ? (turns.shift() as Answers) : (turns[0] as Answers));
const bad = { address: '127.0.0.1', family: 4 };
const good = { address: '93.184.216.34', family: 4 };

test.each<[string, Answers[]]>([
  ['a private address', [[bad]]],
  ['one among public ones', [[good, bad]]],
  ['a mapped one', [[{ address: '::ffff:127.0.0.1', family: 6 }]]],
  ['none', [[]]],
])('a name that resolves to %s is not connected to', async (_what, turns) => {
  let reached = 0;
  const port = await serving(() => {
    reached += 1;
  });
  const lookup = publicLookup(resolving(...turns) as never);
  const send = createHttpUpstream(
    { baseUrl: `http://llm.example:${port}/v1`, privateNetwork: false },
    { lookup },
  );
  await expect(send(call, signal)).rejects.toMatchObject({ code: 'service_unavailable' });
  expect(reached).toBe(0);
});

test('the addresses that were checked are those that are connected to: a name is resolved once', async () => {
  let asked = 0;
  const rebinding = (_host: string, _options: unknown, done: (error: null, addresses: Answers) => void) => {
    asked += 1;
    done(null, asked === 1 ? [good] : [bad]);
  };
  const given = await new Promise((done) => {
    publicLookup(rebinding as never)('llm.example', { all: true }, (_error, addresses) => done(addresses));
  });
  expect([given, asked]).toEqual([[good], 1]);
});

test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
  '%s is public',
  (address) => expect(isPublic(address)).toBe(true),
);

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import type { ConverseRequest } from '../../core/providers/bedrock/converse-shapes.ts';
import { createConverseStream } from '../../lambda/adapters/bedrock/converse-stream.ts';
import { jsonRoute, streamingRoute } from '../../lambda/http/pipeline.ts';
import { logger } from '../../lambda/log.ts';
import { requestIds, withRequestId } from '../../lambda/request-ids.ts';
import { defineAwslambda } from '../../local/aws/lambda/thread/awslambda-global.ts';
import { useAwsAt } from './adapters/start-aws.ts';
import { captureOutput } from './http/capture-output.ts';
import { proxyEvent, requestContext } from './http/proxy-event.ts';
import { runRoute, runStreamingRoute } from './http/run-route.ts';

defineAwslambda();

const calledWith = (extendedRequestId: string) =>
  proxyEvent({ requestContext: { ...requestContext(), extendedRequestId } });

describe('every line that a request logs has its id,', () => {
  let output: ReturnType<typeof captureOutput>;
  beforeEach(() => {
    output = captureOutput();
  });
  afterEach(() => output.restore());

  const noting = async () => {
    await turn();
    logger.warn('noted', {});
  };

  test('whichever other requests are answered meanwhile', async () => {
    const route = jsonRoute({}, async () => {
      await noting();
      return { status: 200, body: {} };
    });
    const ids = ['one=', 'two=', 'three='];
    await Promise.all(ids.map((id) => runRoute(route, calledWith(id))));
    const noted = output.lines().filter(({ message }) => message === 'noted');
    expect(noted.map(({ requestId }) => requestId).sort()).toEqual([...ids].sort());
  });

  test('to the last one of a stream', async () => {
    async function* body() {
      yield 'a';
      await noting();
      yield 'b';
    }
    const route = streamingRoute({}, async () => ({ status: 200, body: Readable.from(body()) }));
    await runStreamingRoute(route, calledWith('streamed='));
    expect(output.lines().map(({ message, requestId }) => [message, requestId])).toEqual([
      ['request', 'streamed='],
      ['noted', 'streamed='],
    ]);
  });
});

describe('a call of Bedrock', () => {
  const asked: ConverseRequest[] = [];
  let server: Server;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      asked.push((await json(request)) as ConverseRequest);
      response.writeHead(400, { 'x-amzn-requestid': 'theirs-1', 'x-amzn-errortype': 'ValidationException' });
      response.end('{"message":"no"}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    useAwsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
  });

  const ask = async (requestMetadata: Record<string, string>) => {
    const request = {
      modelId: 'amazon.nova-lite-v1:0',
      messages: [{ role: 'user' as const, content: [{ text: 'Hello' }] }],
      inferenceConfig: { maxTokens: 10 },
      requestMetadata,
    };
    const refused = createConverseStream()(request, new AbortController().signal);
    await expect(refused).rejects.toMatchObject({ code: 'model_refused_request' });
  };

  test('has the caller’s request id among what its invocation log shows, and Bedrock’s own is noted', async () => {
    const ids = await withRequestId('request-1=', async () => {
      await ask({ team: 'blue' });
      return { ...requestIds() };
    });
    expect(asked[0]?.requestMetadata).toEqual({ 'daypass-request-id': 'request-1=', team: 'blue' });
    expect(ids).toEqual({
      requestId: 'request-1=',
      providerRequestId: 'theirs-1',
    });
  });

  test('that already has all the entries it may have keeps the caller’s', async () => {
    const full = Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`entry-${at}`, 'x']));
    await withRequestId('request-1=', () => ask(full));
    expect(asked[0]?.requestMetadata).toEqual(full);
  });
});

import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { HotTable } from '../../../../lambda/adapters/table.ts';
import { toDaypassError } from '../../../../lambda/http/error-answer.ts';
import { type RunningAws, startTable, useAwsAt } from '../start-aws.ts';
import { selfSigned } from './self-signed.ts';
import {
  answer,
  answerBytes,
  cutAfter,
  hang,
  type Reaction,
  refuse,
  reset,
  type StubService,
  startStub,
} from './stub-service.ts';

/** The SDK's client and the transport of our own, held to one another: the first is the measure, the second is used. */
const clients: [string, () => Promise<HotTable>][] = [
  ['the SDK', async () => (await import('../../../../lambda/adapters/sdk-table.ts')).openTable('records')],
  [
    'our transport',
    async () => (await import('../../../../lambda/adapters/hot-table.ts')).openHotTable('records'),
  ],
];

const Key = { pk: 'a', sk: 'b' };
const get = { TableName: 'records', Key, ConsistentRead: true };
const update = {
  TableName: 'records',
  Key,
  UpdateExpression: 'ADD n :one',
  ExpressionAttributeValues: { ':one': 1 },
};
const found = { Item: { pk: { S: 'a' }, sk: { S: 'b' }, n: { N: '7' } } };
const item = { ...Key, n: 7 };

let stub: StubService;
let table: HotTable;
const originalDate = Date.now;
const originalRandom = Math.random;
const environment = { ...process.env };

describe.each(clients)('%s', (_name, open) => {
  describe('and a service that does anything', () => {
    beforeEach(async () => {
      stub = await startStub();
      useAwsAt(stub.url);
      table = await open();
      // Waits between attempts are of random length.
      Math.random = () => 0.001;
    });
    afterEach(async () => {
      Math.random = originalRandom;
      Date.now = originalDate;
      for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
      Object.assign(process.env, environment);
      await stub.close();
    });

    const passing: [string, Reaction][] = [
      ['throttled', refuse('ProvisionedThroughputExceededException')],
      ['refused for now', refuse('ThrottlingException')],
      ['a 500', refuse('InternalServerError', 500)],
      ['reset', reset],
      ['closed without an answer', cutAfter(Buffer.alloc(0))],
      ['cut within the head', cutAfter(answerBytes(200, '{}').subarray(0, 20))],
      ['cut within the body', cutAfter(answerBytes(200, JSON.stringify(found)).subarray(0, -5))],
      ['a transaction in progress', refuse('TransactionInProgressException')],
    ];
    test.each(passing)('%s once, it calls again', async (_what, reaction) => {
      stub.react(reaction, answer(200, found));
      expect(await table.items.get(get)).toMatchObject({ Item: item });
      expect(stub.received.length).toBe(2);
      const ids = stub.received.map(({ headers }) => headers['amz-sdk-invocation-id']);
      expect(ids[0]).toMatch(/./);
      expect(ids[1]).toBe(ids[0]);
    });

    test.each(passing)(
      '%s always, it gives up after three attempts, which is a 503',
      async (_what, reaction) => {
        stub.react(reaction);
        const refused = await table.items.get(get).catch((error: unknown) => error);
        expect(toDaypassError(refused).code).toBe('service_unavailable');
        expect(stub.received.length).toBe(3);
      },
    );

    test.each(['ValidationException', 'ResourceNotFoundException', 'AccessDeniedException'])(
      '%s is passed on at once',
      async (name) => {
        stub.react(refuse(name));
        await expect(table.items.get(get)).rejects.toMatchObject({
          name,
          message: 'no',
          $fault: 'client',
          $metadata: { httpStatusCode: 400 },
        });
        expect(stub.received.length).toBe(1);
      },
    );

    test('a transaction is sent again with the same token, and each with its own', async () => {
      stub.react(reset, answer(200, {}));
      await table.items.transactWrite({ TransactItems: [{ Update: update }] });
      await table.items.transactWrite({ TransactItems: [{ Update: update }] });
      const tokens = stub.received.map(({ body }) => JSON.parse(body).ClientRequestToken);
      expect(tokens[0]).toMatch(/./);
      expect(tokens[1]).toBe(tokens[0]);
      expect(tokens[2]).not.toBe(tokens[0]);
    });

    test.each([10, -10])('a clock that is %i minutes off is corrected, once', async (minutes) => {
      const off = minutes * 60_000;
      Date.now = () => originalDate() + off;
      const strict: Reaction = (call) => {
        const stamp = call.headers['x-amz-date'] ?? '';
        const at = Date.parse(
          stamp.toUpperCase().replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
        );
        const isSkewed = Math.abs(at - originalDate()) > 300_000;
        const date = new Date(originalDate()).toUTCString();
        const body = isSkewed
          ? { __type: 'x#InvalidSignatureException', message: 'Signature expired' }
          : found;
        answer(isSkewed ? 400 : 200, body, { date })(call);
      };
      stub.react(strict);
      for (const _ of [1, 2]) expect(await table.items.get(get)).toMatchObject({ Item: item });
      expect(stub.received.length).toBe(3);
      // What the transport has learnt holds for all that follow.
      Date.now = originalDate;
      await table.items.get(get);
    });

    test('credentials come from the container, and anew before they expire', async () => {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
      const lasts = (seconds: number, id: string): Reaction =>
        answer(200, {
          AccessKeyId: id,
          SecretAccessKey: 's',
          Token: `token-of-${id}`,
          Expiration: new Date(originalDate() + seconds * 1000).toISOString(),
        });
      const container = await startStub();
      process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${container.url}/creds`;
      process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN = 'let-me';
      container.react(refuse('Busy', 500), lasts(3600, 'first'), lasts(7200, 'second'));
      stub.react(answer(200, found));
      await table.items.get(get);
      Date.now = () => originalDate() + 3_400_000;
      for (const _ of [2, 3]) await table.items.get(get);
      expect(stub.received.map(({ headers }) => headers['x-amz-security-token'])).toEqual([
        'token-of-first',
        'token-of-second',
        'token-of-second',
      ]);
      expect(container.received.length).toBe(3);
      expect(container.received[0]?.headers.authorization).toBe('let-me');
      const { forgetCredentials } = await import('../../../../lambda/adapters/aws/credentials.ts');
      forgetCredentials();
      await container.close();
    });

    test('a service that is silent is a 503 when the time of the work is over', async () => {
      const { within } = await import('../../../../lambda/call-time.ts');
      stub.react(hang);
      const refused = await within(100, () => table.items.get(get)).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'TimeoutError' });
      expect(toDaypassError(refused).code).toBe('service_unavailable');
      await expect(within(0, () => table.items.get(get))).rejects.toMatchObject({ name: 'TimeoutError' });
    });

    test('an attempt that is not answered in time is followed by another', async () => {
      stub.react(hang, answer(200, found));
      expect(await table.items.get(get)).toMatchObject({ Item: item });
    });

    test('a connection is kept, and one that was closed meanwhile is replaced', async () => {
      stub.react(answer(200, found));
      await table.items.get(get);
      await table.items.get(get);
      expect(stub.connections.length).toBe(1);
      stub.react(reset, answer(200, found));
      expect(await table.items.get(get)).toMatchObject({ Item: item });
      expect(stub.connections.length).toBe(2);
    });

    test('an answer may come in any pieces, in chunks, and after a 100', async () => {
      const text = JSON.stringify(found);
      const chunked = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${[...text].map((one) => `1;x=y\r\n${one}\r\n`).join('')}0\r\nlate: header\r\n\r\n`;
      for (const bytes of [answerBytes(200, text), Buffer.from(chunked)]) {
        for (const size of [1, 2, 7, 64, 10_000]) {
          stub.react(({ socket }) => {
            for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
          });
          expect(await table.items.get(get)).toMatchObject({ Item: item });
        }
      }
    });
  });

  describe('and DynamoDB’s stand-in', () => {
    let aws: RunningAws;
    beforeAll(async () => {
      aws = await startTable();
    });
    beforeEach(async () => {
      useAwsAt(aws.url);
      table = await open();
    });
    afterEach(() => aws.faults.replace([]));
    afterAll(() => aws.close());

    const whole = {
      text: 'é ñ 日本語 🚀 "\\',
      empty: '',
      number: -1.5e-7,
      great: Number.MAX_SAFE_INTEGER,
      yes: true,
      none: null,
      list: [1, 'two', { three: [] }],
      map: { a: { b: 'c' } },
      names: new Set(['x', 'y']),
      numbers: new Set([1, 2]),
      bytes: new Uint8Array([0, 1, 255]),
    };

    test('items come back as they were written, without what is undefined', async () => {
      const keys = [0, 1, 2].map((at) => ({ pk: `whole ${at}`, sk: 'x' }));
      await table.items.transactWrite({
        TransactItems: keys.map((one) => ({
          Put: { TableName: 'records', Item: { ...one, ...whole, gone: undefined } },
        })),
      });
      expect((await table.items.get({ TableName: 'records', Key: keys[0] as object })).Item).toEqual({
        ...keys[0],
        ...whole,
      });
      const absent = { pk: 'absent', sk: 'x' };
      const { Responses, UnprocessedKeys } = await table.items.batchGet({
        RequestItems: { records: { Keys: [...keys, absent], ConsistentRead: true } },
      });
      expect(Responses?.records?.map(({ pk }) => pk).sort()).toEqual(keys.map(({ pk }) => pk));
      expect(UnprocessedKeys).toEqual({});
      expect((await table.items.get({ TableName: 'records', Key: absent })).Item).toBeUndefined();
      const { Attributes } = await table.items.update({
        ...update,
        Key: keys[1],
        ReturnValues: 'ALL_NEW',
      });
      expect(Attributes).toEqual({ ...keys[1], ...whole, n: 1 });
    });

    test('a failed condition has the item as it is', async () => {
      const { isNamed, refusedItem, transactNamed } = await import('../../../../lambda/adapters/transact.ts');
      const refused = {
        ...update,
        Key: { pk: 'whole 2', sk: 'x' },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const;
      const error = await table.items.update(refused).catch((thrown: unknown) => thrown);
      expect(isNamed(error, 'ConditionalCheckFailedException')).toBe(true);
      expect(refusedItem(error)).toMatchObject(whole);
      const writes = new Map([
        ['fine', { Update: { ...update, Key: { pk: 'fine', sk: 'x' } } }],
        ['refused', { Update: refused }],
      ]);
      expect(await transactNamed(table, writes)).toEqual(
        new Map([['refused', expect.objectContaining(whole)]]),
      );
    });

    test.each(['UpdateItem', 'PutItem', 'TransactWriteItems'])(
      '%s whose reply was lost counts once',
      async (operation) => {
        const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
        const Key = { pk: `APIKEY#${_name}${operation}`, sk: 'METER' };
        const meterItem = {
          ...Key,
          status: 'active',
          values: { [`${_name}${operation}`]: Number.MAX_SAFE_INTEGER },
          userId: 'ada',
          keyId: 'k',
          plan: 'free',
          limits: { day: 10 },
        };
        await table.items.transactWrite({
          TransactItems: [
            { Put: { TableName: 'records', Item: meterItem } },
            { Put: { TableName: 'records', Item: { pk: 'USER#ada', sk: 'PROFILE', status: 'active' } } },
          ],
        });
        // With a ceiling on requests, a charge is a transaction.
        const ceiling = { requestsPerDay: 100, shards: 1 };
        const meter = createDynamoMeter(table, operation === 'TransactWriteItems' ? { ceiling } : {});
        const now = Date.parse('2026-11-22T12:00:00Z');
        aws.faults.replace([{ service: 'dynamodb', operation, kind: 'drop-reply', times: 1 }]);
        const request = {
          apiKeyId: `${_name}${operation}`,
          requestId: 'r',
          route: '/v1/x',
          clientAddress: '192.0.2.1',
          now,
        };
        const charged = await meter.charge(request);
        if (charged.outcome !== 'charged') throw new Error(charged.outcome);
        const usage = {
          input: 3,
          output: 4,
          cachedInput: 0,
          cacheWriteInput: 0,
          cacheWriteHourInput: 0,
          reasoning: 0,
        };
        await meter.settle({
          charge: charged.charge,
          model: 'm',
          mark: 'metered',
          usage,
          costNanoDollars: 5,
          now,
        } as never);
        const { Item } = await table.items.get({ TableName: 'records', Key });
        expect(Item?.['day-2026-11-22']).toBe(1);
        expect(Item).toMatchObject({ 'served-2026-11-22': 1, 'in-2026-11-22': 3 });
      },
    );
  });
});

test('our transport keeps no connection for longer than a minute, in which the environment may have been frozen', async () => {
  const { openHotTable } = await import('../../../../lambda/adapters/hot-table.ts');
  const stub = await startStub();
  useAwsAt(stub.url);
  stub.react(answer(200, found));
  const { items } = openHotTable('records');
  try {
    for (const later of [0, 50_000, 150_000]) {
      Date.now = () => originalDate() + later;
      await items.get(get);
    }
    expect(stub.received.map(({ socket }) => stub.connections.indexOf(socket))).toEqual([0, 0, 1]);
  } finally {
    Date.now = originalDate;
    await stub.close();
  }
});

test('a 503 in HTML, as of a proxy, is a 503 to our transport', async () => {
  const { openHotTable } = await import('../../../../lambda/adapters/hot-table.ts');
  const stub = await startStub();
  useAwsAt(stub.url);
  stub.react(({ socket }) => void socket.write(answerBytes(503, '<html>busy</html>')));
  const refused = await openHotTable('records')
    .items.get(get)
    .catch((error: unknown) => error);
  expect(toDaypassError(refused).code).toBe('service_unavailable');
  await stub.close();
});

test('over TLS, our transport checks the certificate and resumes sessions', async () => {
  const { openHotTable } = await import('../../../../lambda/adapters/hot-table.ts');
  const tls = selfSigned();
  const stub = await startStub(tls);
  useAwsAt(stub.url);
  stub.react(answer(200, found, { connection: 'close' }));
  await expect(openHotTable('records').items.get(get)).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, tls.cert]);
  try {
    const table = openHotTable('records');
    for (const _ of [1, 2, 3]) expect(await table.items.get(get)).toMatchObject({ Item: item });
    const resumed = stub.received.map(({ isResumed }) => isResumed);
    expect(resumed).toEqual([false, true, true]);
  } finally {
    setDefaultCACertificates(trusted);
    await stub.close();
  }
});

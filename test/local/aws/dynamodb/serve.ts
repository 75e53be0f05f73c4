import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type DynamoDbOptions,
  type Storage,
  startDynamoDb,
} from '../../../../local/aws/dynamodb/dynamodb.ts';
import type { AwsService } from '../../../../local/aws/service.ts';
import { createClock } from '../../../../local/clock.ts';
import { silentLog } from '../../../../local/log.ts';

export const keyedTable = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

export const temporaryDirectory = () => mkdtemp(join(tmpdir(), 'daypass-dynamodb-'));

export const removeDirectory = (path: string) => rm(path, { recursive: true, force: true });

/** The stand-in behind a port of its own, with the genuine clients pointed at it. */
export async function serveDynamoDb(given: Storage & Partial<DynamoDbOptions>) {
  const clock = createClock();
  const dynamoDb = await startDynamoDb({
    clock,
    log: silentLog,
    environment: { PATH: process.env.PATH },
    region: 'eu-central-1',
    accountId: '111122223333',
    ...given,
  });
  const server = await listen(dynamoDb.service);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    dynamoDb,
    clock,
    client,
    documents: DynamoDBDocumentClient.from(client),
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await dynamoDb.stop();
    },
  };
}

async function listen(service: AwsService): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await service.handle({
      requestId: 'r',
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      query: new URLSearchParams(),
      headers: request.headers,
      body: Buffer.concat(chunks),
      raw: { request, response },
    });
    if ('handled' in answer) return;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Catalog } from '../../core/catalog.ts';
import { toCatalog } from '../../lib/catalog.ts';
import { readSettings, type Settings } from '../../lib/settings.ts';
import { createApiGateway } from '../../local/aws/apigateway/api-gateway.ts';
import { createBedrock } from '../../local/aws/bedrock/bedrock.ts';
import { localAnswer } from '../../local/aws/bedrock/responders/built-in/local-answer.ts';
import { createModelResponder } from '../../local/aws/bedrock/responders/model-responder.ts';
import { createCognito } from '../../local/aws/cognito/cognito.ts';
import { startDynamoDb } from '../../local/aws/dynamodb/dynamodb.ts';
import { createKms } from '../../local/aws/kms/kms.ts';
import { createSecretsManager } from '../../local/aws/secretsmanager/secrets-manager.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { createClock, type MovableClock } from '../../local/clock.ts';
import { createFaults } from '../../local/faults.ts';
import { silentLog } from '../../local/log.ts';
import { createMailbox } from '../../local/mail/mail.ts';
import { createAnthropic } from '../../local/providers/anthropic/anthropic.ts';
import { createOpenAi } from '../../local/providers/openai/openai.ts';
import { openStore } from '../../local/state/store.ts';
import { cheapSecrets } from '../local/aws/cognito/cheap-secrets.ts';
import { type AwsProxy, startAwsProxy } from './aws-proxy.ts';

export const tableName = 'records';
const location = { region: 'us-east-1', accountId: '000000000000' };
const pool = { id: 'us-east-1_Daypass01', clientId: 'client1example' };

export interface Platform {
  catalog: Catalog;
  clock: MovableClock;
  /** The stand-ins themselves: what tests look at and prepare by. */
  directUrl: string;
  /** What the functions under test are pointed at. */
  proxy: AwsProxy;
  /** How many answers the model stand-in was asked for. */
  modelCalls(): number;
  /** The environment of a function, pointed at the proxy or another address. */
  variables(url: string): Record<string, string>;
  /** A user of the pool, without a password: nobody logs in here. @returns the user's id */
  addUser(): Promise<string>;
  close(): Promise<void>;
}

/** The stand-ins of everything our functions call, in memory, with the proxy before them. */
export async function startPlatform(): Promise<Platform> {
  const settings = readSettings(resolve(import.meta.dirname, '../../daypass.yml'));
  const clock = createClock();
  const store = openStore(':memory:');
  const dynamoDb = await startDynamoDb({
    inMemory: true,
    clock,
    log: silentLog,
    environment: { PATH: process.env.PATH },
    ...location,
  });
  await dynamoDb.defineTable(tableName, tableProperties);
  const cognito = createCognito({
    store,
    clock,
    mailbox: createMailbox({ store, clock, log: silentLog }),
    issuerBaseUrl: () => 'http://localhost',
    ...cheapSecrets,
    ...location,
  });
  cognito.definePool({ id: pool.id, properties: { UsernameAttributes: ['email'] } });
  cognito.defineClient({
    id: pool.clientId,
    properties: { UserPoolId: pool.id, ClientName: 'api', GenerateSecret: true },
  });
  const kms = createKms({ store, clock, ...location });
  const sealingKey = kms.defineKey('Sealing', {});
  const gateway = createApiGateway({
    store,
    clock,
    log: silentLog,
    lambda: { invoke: notHere, invokeStreaming: notHere },
    verifyIdToken: async () => undefined,
    // The rate limits have tests of their own; here every throttle comes from the proxy, where it is counted.
    controlPlaneLimits: false,
    ...location,
  });
  const { ref: ApiId } = gateway.defineRestApi('Api', { Name: 'Daypass' });
  const DeploymentId = gateway.defineDeployment('Deployment', { RestApiId: ApiId }).ref;
  gateway.defineStage('Stage', { RestApiId: ApiId, DeploymentId, StageName: 'prod' });
  for (const { usagePlanName, requestsPerDay } of toCatalog(settings).plans) {
    gateway.defineUsagePlan(usagePlanName, {
      UsagePlanName: usagePlanName,
      ApiStages: [{ ApiId, Stage: 'prod' }],
      ...(requestsPerDay !== undefined && { Quota: { Limit: requestsPerDay, Period: 'DAY' } }),
    });
  }
  const faults = createFaults();
  const bedrock = createBedrock({
    faults,
    log: silentLog,
    responder: createModelResponder(localAnswer),
    settings: { tokensPerSecond: 0, firstTokenDelayMs: 0 },
  });
  const server = await startAwsServer({
    services: [
      dynamoDb.service,
      gateway.controlPlane,
      cognito,
      kms,
      bedrock,
      createSecretsManager({ store, ...location }),
      createOpenAi({ faults, pauseMs: 0 }),
      createAnthropic({ faults, pauseMs: 0 }),
    ],
    faults,
    port: 0,
    log: silentLog,
  });
  const directUrl = `http://127.0.0.1:${server.port}`;
  const proxy = await startAwsProxy(directUrl);
  for (const [name, value] of Object.entries(operatorKeys)) {
    store.collection('secrets').put(name, { arn: `arn:${name}`, name, value });
  }
  return {
    catalog: toCatalog(withProviders(settings, proxy.url)),
    clock,
    directUrl,
    proxy,
    modelCalls: () => bedrock.stats().started,
    variables: (url) => ({
      AWS_REGION: location.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: randomUUID(),
      AWS_ENDPOINT_URL: url,
      SERVICE_NAME: 'faults',
      METRICS_NAMESPACE: 'faults',
      CALL_METRICS: 'on',
      LOG_LEVEL: 'SILENT',
      TABLE_NAME: tableName,
      USER_POOL_ID: pool.id,
      USER_POOL_CLIENT_ID: pool.clientId,
      SEALING_KEY_ID: sealingKey.KeyId,
    }),
    addUser: () => addUser(directUrl),
    async close() {
      await proxy.close();
      await server.close();
      await dynamoDb.stop();
      store.close();
    },
  };
}

/** The operator's, by the secrets that hold them. */
export const operatorKeys = { 'llm/openai': 'sk-operator-1', 'llm/anthropic': 'sk-ant-operator-2' };

/**
 * The settings with models at other providers, whose stand-ins are behind the proxy: `gpt` and `claude` with the operator's
 * key, `mine` with callers' own alone.
 */
function withProviders(settings: Settings, proxyUrl: string): Settings {
  const [some] = settings.models;
  if (some === undefined) throw new Error('the settings list no model');
  const at = (name: string) => ({ baseUrl: `${proxyUrl}/_stand-in/${name}/v1`, privateNetwork: true });
  const chat = (name: string, provider: string, modelId: string) => ({
    ...some,
    ...{ name, provider, modelId, fallbacks: [], inferenceProfile: undefined, inferenceRegions: undefined },
  });
  return {
    ...settings,
    providers: {
      openai: { ...at('openai'), apiKey: { secret: 'llm/openai' }, responses: true },
      anthropic: { ...at('anthropic'), apiKey: { secret: 'llm/anthropic' } },
      mine: at('openai'),
    },
    models: [
      ...settings.models,
      chat('gpt', 'openai', 'gpt-4.1'),
      chat('claude', 'anthropic', 'claude-sonnet-4-6'),
      chat('mine', 'mine', 'gpt-4.1'),
    ],
    embeddingModels: [
      ...settings.embeddingModels,
      {
        name: 'small',
        provider: 'openai',
        modelId: 'text-embedding-3-small',
        dimensions: [],
        pricePerMillionTokens: { input: 0.02 },
        released: '2024-01-25',
      },
    ],
  };
}

export const tableProperties = {
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

async function notHere(): Promise<never> {
  throw new Error('functions are run by their own threads here');
}

/** One plain request: the genuine client is the subject of these tests, not their tool. */
async function addUser(url: string): Promise<string> {
  const Username = `${randomUUID()}@example.com`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AWSCognitoIdentityProviderService.AdminCreateUser',
      'content-type': 'application/x-amz-json-1.1',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ UserPoolId: pool.id, Username, MessageAction: 'SUPPRESS' }),
  });
  const { User } = (await response.json()) as { User?: { Username: string } };
  if (User === undefined) throw new Error(`AdminCreateUser answered ${response.status}`);
  return User.Username;
}

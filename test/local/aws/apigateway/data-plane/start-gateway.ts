import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  type ApiGateway,
  type ApiGatewayDependencies,
  createApiGateway,
} from '../../../../../local/aws/apigateway/api-gateway.ts';
import { addApiKey } from '../../../../../local/aws/apigateway/keys/api-keys.ts';
import { bindKey } from '../../../../../local/aws/apigateway/keys/key-bindings.ts';
import { openRecords } from '../../../../../local/aws/apigateway/keys/stored-keys-and-plans.ts';
import type { InvokeResult } from '../../../../../local/aws/lambda/invoker.ts';
import { createClock, type MovableClock } from '../../../../../local/clock.ts';
import { silentLog } from '../../../../../local/log.ts';
import { systemRandomness } from '../../../../../local/randomness.ts';
import { openStore, type Store } from '../../../../../local/state/store.ts';

type Handler = (event: APIGatewayProxyEvent) => Promise<InvokeResult> | InvokeResult;
type StreamHandler = (event: APIGatewayProxyEvent, readerGone: AbortSignal | undefined) => Readable;

export interface StartedGateway {
  gateway: ApiGateway;
  clock: MovableClock;
  store: Store;
  /** With the stage: `http://127.0.0.1:PORT/prod`. */
  url: string;
  apiId: string;
  server: Server;
  /** Functions by name; a test puts its own in. */
  functions: Record<string, Handler>;
  streams: Record<string, StreamHandler>;
  /** Events functions got, oldest first. */
  events: APIGatewayProxyEvent[];
  /** Makes the resources of a path and a method at its end. */
  method(verb: string, path: string, properties?: Record<string, unknown>): void;
  stage(properties?: Record<string, unknown>): void;
  /** A key bound to a plan of the stage. */
  key(plan: Record<string, unknown>): { value: string; planId: string; keyId: string };
  /** A key without a plan. */
  unboundKey(key: { value: string; enabled: boolean }): void;
  close(): Promise<void>;
}

export const integration = (name: string, streaming = false, extra: Record<string, unknown> = {}) => ({
  Type: 'AWS_PROXY',
  IntegrationHttpMethod: 'POST',
  Uri: `arn:aws:apigateway:us-east-1:lambda:path/${streaming ? '2021-11-15' : '2015-03-31'}/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/${streaming ? 'response-streaming-invocations' : 'invocations'}`,
  ...(streaming ? { ResponseTransferMode: 'STREAM' } : {}),
  ...extra,
});

export const answer = (value: unknown): InvokeResult => ({ payload: JSON.stringify(value) });

/** `{"statusCode":200,…}`, eight NUL bytes, body. */
export const streamed = (head: object, body: string): Buffer =>
  Buffer.concat([Buffer.from(JSON.stringify(head)), Buffer.alloc(8), Buffer.from(body)]);

/** A clock that stands still until it is moved. */
export function stillClock(start: number): MovableClock {
  let offsetSeconds = 0;
  return {
    now: () => start + offsetSeconds * 1000,
    get offsetSeconds() {
      return offsetSeconds;
    },
    moveTo(seconds) {
      offsetSeconds = seconds;
    },
  };
}

let keysMade = 0;

export async function startGateway(
  options: Partial<ApiGatewayDependencies> & { restApi?: Record<string, unknown> } = {},
): Promise<StartedGateway> {
  const clock = (options.clock as MovableClock | undefined) ?? createClock();
  const store = options.store ?? openStore(':memory:');
  const functions: StartedGateway['functions'] = {
    echo: (event) => answer({ statusCode: 200, body: JSON.stringify(event) }),
  };
  const streams: StartedGateway['streams'] = {};
  const events: APIGatewayProxyEvent[] = [];
  const { restApi: restApiProperties, ...dependencies } = options;
  const deps = {
    records: openRecords(store),
    clock,
    randomness: systemRandomness,
    activationDelaySeconds: options.activationDelaySeconds ?? 0,
  };
  const gateway = createApiGateway({
    log: silentLog,
    verifyIdToken: async () => undefined,
    region: 'us-east-1',
    accountId: '123456789012',
    lambda: {
      invoke: async (name, event) => {
        events.push(event as APIGatewayProxyEvent);
        const handler = functions[name];
        if (handler === undefined) throw new Error(`no function ${name}`);
        return handler(event as APIGatewayProxyEvent);
      },
      invokeStreaming: async (name, event, readerGone) => {
        events.push(event as APIGatewayProxyEvent);
        const body = streams[name]?.(event as APIGatewayProxyEvent, readerGone) ?? Readable.from([]);
        return { contentType: 'application/vnd.awslambda.http-integration-response', body };
      },
    },
    ...dependencies,
    clock,
    store,
  });
  const { ref: RestApiId, attributes } = gateway.defineRestApi('Api', { Name: 'Test', ...restApiProperties });

  const resource = (path: string): string =>
    path
      .split('/')
      .filter(Boolean)
      .reduce(
        ({ parent, id }, part) => ({
          parent: gateway.defineResource(`${id}${part}`, { RestApiId, ParentId: parent, PathPart: part }).ref,
          id: `${id}${part}/`,
        }),
        { parent: attributes.RootResourceId ?? '', id: 'Resource/' },
      ).parent;

  const stage = (properties: Record<string, unknown> = {}) => {
    const DeploymentId = gateway.defineDeployment('Deployment', { RestApiId }).ref;
    gateway.defineStage('Stage', { RestApiId, DeploymentId, StageName: 'prod', ...properties });
  };
  stage();

  const server = createServer(gateway.dataPlane);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    gateway,
    clock,
    store,
    functions,
    streams,
    events,
    server,
    apiId: RestApiId,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`,
    stage,
    method: (verb, path, properties = {}) =>
      void gateway.defineMethod(`${verb} ${path}`, {
        RestApiId,
        ResourceId: resource(path),
        HttpMethod: verb,
        AuthorizationType: 'NONE',
        Integration: integration('echo'),
        ...properties,
      }),
    key(plan) {
      keysMade += 1;
      const value = `key${String(keysMade).padStart(30, '0')}`;
      const planId = gateway.defineUsagePlan(`Plan${keysMade}`, {
        ApiStages: [{ ApiId: RestApiId, Stage: 'prod' }],
        ...plan,
      }).ref;
      const { id: keyId } = addApiKey(deps, { value, enabled: true, stageKeys: [], tags: {} });
      bindKey(deps, planId, keyId);
      return { value, planId, keyId };
    },
    unboundKey: (key) => void addApiKey(deps, { ...key, stageKeys: [], tags: {} }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

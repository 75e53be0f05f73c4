import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseDistribution } from '../../../../local/aws/cloudfront/distribution/distribution.ts';
import { parseResponseHeadersPolicy } from '../../../../local/aws/cloudfront/distribution/response-headers-policy.ts';
import { createEdge } from '../../../../local/aws/cloudfront/edge.ts';
import { compileViewerFunction } from '../../../../local/aws/cloudfront/functions/viewer-function.ts';
import { createBuckets } from '../../../../local/aws/s3/create-buckets.ts';
import { temporaryDirectories } from '../../template/synthesize.ts';

export const apiBehavior = {
  PathPattern: '/v1/*',
  TargetOriginId: 'api',
  CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  Compress: false,
};

export const siteBehavior = {
  TargetOriginId: 'site',
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  Compress: true,
};

export const origins = [
  { Id: 'site', DomainName: 'site.s3.us-east-1.amazonaws.com', S3OriginConfig: {} },
  {
    Id: 'api',
    DomainName: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
    OriginPath: '/prod',
    CustomOriginConfig: { OriginReadTimeout: 60 },
  },
];

type Properties = Record<string, unknown>;

export interface EdgeSetup {
  readonly config?: Properties;
  /** Code by ARN. */
  readonly functions?: Readonly<Record<string, string>>;
  readonly responseHeadersPolicies?: Readonly<Record<string, Properties>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly mayList?: boolean;
  readonly origin?: RequestListener;
  /** In place of the origin's own address. */
  readonly apiUrl?: string;
}

export interface RunningEdge {
  readonly url: string;
  readonly port: number;
  readonly warnings: string[];
}

const mapOf = <T, R>(
  record: Readonly<Record<string, T>> = {},
  make: (value: T, key: string) => R,
): Map<string, R> => new Map(Object.entries(record).map(([key, value]) => [key, make(value, key)]));

/** Edges over real HTTP, each with its own bucket and origin server; `stopAll` leaves nothing behind. */
export function edgeStarter() {
  const stops: (() => Promise<void> | void)[] = [];
  const directories = temporaryDirectories();

  async function listen(server: Server): Promise<number> {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    stops.push(async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    });
    return (server.address() as AddressInfo).port;
  }

  return {
    async start(setup: EdgeSetup = {}): Promise<RunningEdge> {
      const buckets = createBuckets(directories.create(), { now: () => Date.UTC(2030, 0, 1) });
      buckets.create('site');
      buckets.grantCloudFront('site', { read: true, list: setup.mayList ?? false });
      for (const [key, text] of Object.entries(setup.files ?? {}))
        buckets.put('site', key, Buffer.from(text), {
          contentType: key.endsWith('.html') ? 'text/html' : 'text/plain',
          user: {},
        });
      const originPort = await listen(
        createServer(setup.origin ?? ((_request, response) => response.end('origin'))),
      );
      const warnings: string[] = [];
      const edge = createEdge({
        distribution: parseDistribution('EDISTRIBUTION', 'd1234.cloudfront.net', {
          DistributionConfig: {
            Enabled: true,
            Origins: origins,
            CacheBehaviors: [apiBehavior],
            DefaultCacheBehavior: siteBehavior,
            ...setup.config,
          },
        }),
        functions: mapOf(setup.functions, (code, arn) => compileViewerFunction(arn, code)),
        responseHeadersPolicies: mapOf(setup.responseHeadersPolicies, parseResponseHeadersPolicy),
        buckets,
        apiUrl: setup.apiUrl ?? `http://127.0.0.1:${originPort}`,
        log: { info() {}, detail() {}, warn: (_tag, message) => void warnings.push(message) },
      });
      stops.push(() => edge.close());
      const port = await listen(createServer(edge.handle));
      return { url: `http://127.0.0.1:${port}`, port, warnings };
    },
    async stopAll() {
      for (const stop of stops.splice(0).reverse()) await stop();
      directories.removeAll();
    },
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A request as sent, without what fetch adds, normalizes or decodes. */
export function rawRequest(
  port: number,
  path: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: string;
    /** Any of 127.0.0.0/8 that the viewer is to come from. */
    localAddress?: string;
  } = {},
): Promise<RawAnswer> {
  return new Promise((settle, fail) => {
    const { method = 'GET', headers = {}, body, localAddress = '127.0.0.1' } = options;
    const target = { host: '127.0.0.1', localAddress, port, path, method, headers, agent: false };
    const outgoing = request(target, (response) => {
      response
        .toArray()
        .then((chunks) =>
          settle({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
        .catch(fail);
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

/** An origin that answers with what it was asked, as JSON. */
export const echoOrigin: RequestListener = (incoming, outgoing) => {
  incoming.toArray().then((chunks) => {
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(
      JSON.stringify({
        method: incoming.method,
        url: incoming.url,
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      }),
    );
  });
};

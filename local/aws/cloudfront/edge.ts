import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { isLoopbackHost } from '../../http/loopback-host.ts';
import type { MalformedAnswer } from '../../http/refuse-malformed.ts';
import type { Log } from '../../log.ts';
import type { ReadableBuckets } from '../s3/buckets.ts';
import { answerRequest } from './answer-request.ts';
import { createRoutes, type EdgeResources } from './distribution/behaviors.ts';
import type { Distribution, OriginConfiguration } from './distribution/distribution.ts';
import { requestId } from './forwarding.ts';
import { chooseOrigin } from './origins/choose-origin.ts';
import { readRequest } from './read-request.ts';
import { refusal, refusalPage } from './refusal.ts';
import { sendResponse } from './send-response.ts';

export interface EdgeOptions extends EdgeResources {
  readonly distribution: Distribution;
  readonly buckets: ReadableBuckets;
  /** The REST API data plane, without the stage: `http://127.0.0.1:4001`. */
  readonly apiUrl: string;
  readonly log: Log;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const longestUrl = 8192;
/** Of the first line and the headers together; what is longer never becomes a request. */
export const longestHead = 20_480;

/** CloudFront's page for what isn't a request. */
export const malformedPage: MalformedAnswer = (reason, message) => ({
  status: reason === 'too-large' ? 413 : 400,
  contentType: 'text/html',
  headers: ['server: CloudFront', 'x-cache: Error from cloudfront'],
  body: refusalPage({ status: reason === 'too-large' ? 413 : 400, message, requestId: requestId() }),
});

export interface Edge {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends idle connections to the origin. */
  close(): void;
}

/**
 * CloudFront on one port: the distribution's behaviours, functions and policies in front of the local bucket
 * and REST API. Nothing is cached, and plain http is fine on loopback.
 * @throws when the distribution needs something the edge doesn't do
 */
export function createEdge(options: EdgeOptions): Edge {
  const { distribution, log } = options;
  const agents: Agent[] = [];
  const origins = new Map(
    distribution.configuration.Origins.map((origin) => {
      const agent = keptAlive(origin);
      agents.push(agent);
      return [origin.Id, chooseOrigin(origin, { ...options, agent })];
    }),
  );
  const routes = createRoutes(distribution, options, origins);
  const answerOptions = { distribution, routes, warn: (message: string) => log.warn('edge', message) };

  return {
    handle(incoming, outgoing) {
      const id = requestId();
      const request = readRequest(id, incoming);
      const gone = new AbortController();
      outgoing.on('close', () => {
        if (!outgoing.writableFinished) gone.abort();
      });
      const refuse = (status: 400 | 403 | 413 | 502, message: string) =>
        sendResponse(refusal({ status, message, requestId: id }), id, outgoing);

      if (!isLoopbackHost(incoming.headers.host))
        return refuse(403, 'The Host header names another machine.');
      if (!request.path.startsWith('/')) return refuse(400, 'The request target must be a path.');
      if (urlLength(incoming) > longestUrl) {
        outgoing.setHeader('connection', 'close');
        return refuse(413, `The URL is longer than ${longestUrl} bytes.`);
      }
      answerRequest(request, answerOptions, gone.signal).then(
        (response) => {
          log.detail('edge', `${request.method} ${withoutKeys(request.path)} ${response.status}`);
          sendResponse(response, id, outgoing);
        },
        (error: unknown) => {
          log.warn(
            'edge',
            `${request.method} ${withoutKeys(request.path)}: ${error instanceof Error ? error.stack : error}`,
          );
          refuse(502, 'The edge failed.');
        },
      );
    },
    close: () => {
      for (const agent of agents) agent.destroy();
    },
  };
}

const urlLength = ({ headers, url }: IncomingMessage) => Buffer.byteLength(`https://${headers.host}${url}`);

/** This side ends idle connections: a request sent while the origin ends one would be lost. */
function keptAlive({ CustomOriginConfig }: OriginConfiguration): Agent {
  return new Agent({ keepAlive: true, timeout: (CustomOriginConfig?.OriginKeepaliveTimeout ?? 5) * 1000 });
}

/** Cuts long words short, so that a secret pasted into an address doesn't end up in a log. */
function withoutKeys(path: string): string {
  return path.replace(/[\w-]{32,}/g, (word) => `${word.slice(0, 6)}…`);
}

import { sseHeartbeat, streamAnswer } from '../../core/chat/answer/server-sent-events.ts';
import type { AnswerHead, Dialect } from '../../core/chat/dialect.ts';
import { type ChatPorts, openMeteredChat, toAnswerId } from '../../core/chat/metered-chat.ts';
import { isRelayed, relayedHeaders, relaying } from '../../core/chat/relaying.ts';
import { knownNameIn } from '../../core/find-model.ts';
import { beforeCharge, countUncharged } from '../../core/metering/charge.ts';
import type { CalledKey } from '../../core/metering/ports.ts';
import { unknownKey } from '../../core/metering/refusal.ts';
import { sentKeysOf } from '../../core/provider-keys/own-key.ts';
import { logAnswerBroke } from '../log.ts';
import type { ApiRequest } from './api-request.ts';
import { toDaypassError } from './error-answer.ts';
import { type StreamingRequest, streamingRoute } from './pipeline.ts';
import { acceptsGzip, createGzip, encodingHeaders } from './streaming/gzip.ts';
import { toHeartbeatStream } from './streaming/heartbeat.ts';
import { type Patiently, slowJson } from './streaming/slow-answer.ts';

export interface ChatRoutePorts extends ChatPorts {
  patiently: Patiently;
}

/** @throws DaypassError */
type FindKey = (request: Pick<ApiRequest, 'apiKeyId' | 'claims' | 'headers'>) => Promise<CalledKey>;

/** The key whose secret the call came with. API Gateway has counted the call. */
export async function sentKey({ apiKeyId }: Pick<ApiRequest, 'apiKeyId'>): Promise<CalledKey> {
  if (apiKeyId === undefined) throw unknownKey();
  return { apiKeyId };
}

/** The chat route of a dialect. */
export function chatRoute<Body>(dialect: Dialect<Body>, ports: ChatRoutePorts, findKey: FindKey = sentKey) {
  const { chat: settings } = ports.catalog;
  const relayed = relaying(dialect, ports.catalog) as Dialect<unknown>;
  // Decided by the model's name, which is the same in the JSON and in the body read from it.
  const spoken = (json: unknown) =>
    isRelayed(json, dialect.api, ports) ? relayed : (dialect as Dialect<unknown>);
  const modelOf = knownNameIn(ports.catalog);
  const input = {
    body: (json: unknown) => spoken(json).body,
    modelOf,
    bodyLimits: { maxBytes: settings.maxBodyBytes, maxDepth: settings.maxDepth },
    toErrorBody: dialect.toErrorBody,
    // API Gateway may have counted the call, so the gate counts it too.
    onUnread: async (request: ApiRequest, refusal: unknown) => {
      const { id, route } = request;
      await countUncharged(ports, { requestId: id, route, ...(await findKey(request)) }, refusal);
    },
  };
  return streamingRoute(input, (request) => {
    const streamed = spoken(request.body).isStreamed(request.body);
    return ports.patiently(streamed, async (patience) => {
      const key = await findKey(request);
      const model = modelOf(request.body);
      return answer(spoken(request.body), ports, { ...request, key, model, streamed, patience });
    });
  });
}

async function answer<Body>(
  dialect: Dialect<Body>,
  ports: ChatRoutePorts,
  request: StreamingRequest<Body> & {
    key: CalledKey;
    model: string | undefined;
    streamed: boolean;
    patience: Promise<unknown>;
  },
) {
  const { id, route, body, ignored, key, clientAddress, headers, signal, streamed, patience } = request;
  const startedAt = performance.now();
  const { origin } = headers;
  const call = {
    ...key,
    requestId: id,
    route,
    clientAddress,
    origin,
    streamed,
    signal,
    patience,
    ignored,
    sentKeys: sentKeysOf(headers),
    upstreamHeaders: relayedHeaders(headers),
  };
  const refused = { ...call, model: request.model };
  const asked = await beforeCharge(ports, refused, () => dialect.toChatRequest(body, ports.catalog.chat));
  const chat = await openMeteredChat(ports, call, asked);
  const created = Math.floor(ports.clock.now() / 1000);
  const head: AnswerHead = { requestId: id, answerId: toAnswerId(id), created, model: chat.model.name };
  const toRefusal = (error: unknown) => {
    logAnswerBroke(id, chat.model.name, error);
    return toDaypassError(error);
  };
  const accepted = headers['accept-encoding'];
  if (!streamed) {
    const whole = Array.fromAsync(chat.events).then((events) => dialect.fold(head, events.flat(), body));
    const answered = await slowJson(whole.then(JSON.stringify), { patience, accepted }, (error) =>
      JSON.stringify(dialect.toFailedAnswer(head, toRefusal(error), body)),
    );
    return {
      status: 200,
      headers: { ...chat.headers, ...answered.headers },
      body: answered.body,
    };
  }
  const gzip = acceptsGzip(accepted) ? createGzip() : undefined;
  return {
    status: 200,
    headers: {
      ...chat.headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...encodingHeaders(gzip !== undefined),
    },
    body: toHeartbeatStream(streamAnswer(dialect.stream(head, body), chat.events, toRefusal), sseHeartbeat, {
      waitedMs: performance.now() - startedAt,
      gzip,
    }),
  };
}

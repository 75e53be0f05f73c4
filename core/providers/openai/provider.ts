import type { ChatSettings, Upstream } from '../../catalog.ts';
import { requirePromised } from '../../chat/answer/require-promised.ts';
import type { ChatEvent } from '../../chat/chat.ts';
import type { AskOptions, Provider } from '../../chat/provider.ts';
import type { OperatorKey, SendUpstream, UpstreamAnswer, UpstreamCall } from '../../chat/upstream.ts';
import { createChunkReader, readCompletion } from './read-completion.ts';
import { createResponseReader, readResponse } from './read-response.ts';
import { refusalOf, streamRefusal } from './refusals.ts';
import { toCompletionRequest } from './to-completion-request.ts';
import { toRelayed } from './to-relayed.ts';

export interface OpenAiPorts {
  send: SendUpstream;
  /** Undefined where calls need no key, since `send` signs them. */
  key: OperatorKey | undefined;
  upstream: Pick<Upstream, 'relays' | 'limitField'>;
  settings: ChatSettings;
}

/** Models behind OpenAI's API, or one like it. */
export function createOpenAiProvider(ports: OpenAiPorts): Provider {
  const { relays } = ports.upstream;
  return {
    relays,
    prepare(chat, model) {
      if (chat.relay !== undefined && relays.includes(chat.relay.api)) {
        const { call, ignored, hidesUsage, api } = toRelayed(chat.relay, model, ports);
        return { ignored, ask: (options) => relay(ports, { call, api, hidesUsage }, options) };
      }
      const { body, ignored, promised } = toCompletionRequest(chat, model, ports);
      const call = { path: '/chat/completions', headers: {}, body: JSON.stringify(body), streamed: true };
      return {
        ignored,
        ask: (options) => requirePromised(translate(ports, call, options), promised),
      };
    },
  };
}

/** @throws DaypassError for a refusal of the provider */
async function open({ send, key }: OpenAiPorts, call: UpstreamCall, { signal }: AskOptions) {
  const secret = await key?.read();
  const headers = {
    ...call.headers,
    'content-type': 'application/json',
    ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
  };
  const answer = await send({ ...call, headers }, signal);
  if (answer.status === 200) return answer;
  if (answer.status === 401) key?.forget();
  throw refusalOf(answer, await answer.text());
}

async function* translate(
  ports: OpenAiPorts,
  call: UpstreamCall,
  options: AskOptions,
): AsyncIterable<ChatEvent> {
  const read = createChunkReader();
  for await (const { json } of jsonEvents(await open(ports, call, options))) yield* read(json);
}

interface Relay {
  call: UpstreamCall;
  api: 'chat-completions' | 'responses';
  /** The caller didn't ask for the usage that we need. */
  hidesUsage: boolean;
}

async function* relay(
  ports: OpenAiPorts,
  { call, api, hidesUsage }: Relay,
  options: AskOptions,
): AsyncIterable<ChatEvent> {
  const answer = await open(ports, call, options);
  if (!call.streamed) {
    const body: unknown = parsed(await answer.text());
    yield { type: 'relayed-whole', body };
    yield* api === 'responses' ? readResponse(body) : readCompletion(body);
    return;
  }
  const read = api === 'responses' ? createResponseReader() : createChunkReader();
  for await (const { event, json } of jsonEvents(answer)) {
    const shown = hidesUsage ? withoutUsage(json) : json;
    if (shown !== undefined) {
      const data = `data: ${JSON.stringify(shown)}\n\n`;
      const wire = event === undefined ? data : `event: ${event}\n${data}`;
      yield { type: 'relayed', wire, ...(isLast(json) && { last: true }) };
    }
    yield* read(json);
  }
}

/** @throws DaypassError for an event that says that the answer failed */
async function* jsonEvents(
  answer: UpstreamAnswer,
): AsyncIterable<{ event: string | undefined; json: Record<string, unknown> }> {
  for await (const { event, data } of answer.events()) {
    if (data === '[DONE]') return;
    const json = parsed(data);
    const refusal = streamRefusal(json);
    if (refusal !== undefined) throw refusal;
    yield { event, json };
  }
}

/** What isn't JSON breaks an answer off. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Refused below.
  }
  throw refusalOf({ status: 502, header: () => undefined }, '');
}

/** The chunk as it is without `include_usage`; undefined for the one that there would not be. */
function withoutUsage({ usage, ...chunk }: Record<string, unknown>): Record<string, unknown> | undefined {
  const isUsageAlone = usage !== null && usage !== undefined && listOf(chunk.choices).length === 0;
  return isUsageAlone ? undefined : chunk;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const lastEvents: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete']);

function isLast({ type }: Record<string, unknown>): boolean {
  return lastEvents.has(type);
}

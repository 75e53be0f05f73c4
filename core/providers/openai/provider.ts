import type { CatalogModel, ChatSettings, Upstream } from '../../catalog.ts';
import { type Promised, requirePromised } from '../../chat/answer/require-promised.ts';
import { type AnswerEvents, throughSteps } from '../../chat/answer/steps.ts';
import { askUpstream, type UpstreamPorts } from '../../chat/ask-upstream.ts';
import { type AskOptions, type Provider, relays } from '../../chat/provider.ts';
import { unsupported } from '../../chat/request/refuse-field.ts';
import type { UpstreamAnswer, UpstreamCall } from '../../chat/upstream.ts';
import { api } from './api.ts';
import { createChunkReader, readCompletion } from './read-completion.ts';
import { createResponseReader, readResponse } from './read-response.ts';
import { refusalOf, streamRefusal } from './refusals.ts';
import { toCompletionRequest } from './to-completion-request.ts';
import { type RelayedCall, toRelayed } from './to-relayed.ts';

export interface OpenAiPorts extends UpstreamPorts {
  upstream: Pick<Upstream, 'relays' | 'limitField'>;
  settings: ChatSettings;
}

/** Models behind OpenAI's API, or one like it. */
export function createOpenAiProvider(ports: OpenAiPorts): Provider {
  const { upstream, takesOwnKeys } = ports;
  return {
    relays: upstream.relays,
    takesOwnKeys,
    prepare(chat, model) {
      if (chat.relay !== undefined && relays(upstream, model, chat.relay.api)) {
        const { ignored, ...relayed } = toRelayed(chat.relay, model, ports);
        return { ignored, ask: (options) => relay(ports, { ...relayed, model }, options) };
      }
      requireTranslatable(model);
      const { body, ignored, promised } = toCompletionRequest(chat, model, ports);
      const call = { path: '/chat/completions', headers: {}, body: JSON.stringify(body), streamed: true };
      return {
        ignored,
        ask: (options) => translate(ports, { call, model, promised }, options),
      };
    },
  };
}

/**
 * Other dialects are translated to Chat Completions, which some models don't answer.
 * @throws DaypassError naming the route that they answer
 */
function requireTranslatable({ name, apis }: CatalogModel): void {
  if (apis?.includes('chat-completions') !== false) return;
  throw unsupported('model', `'${name}' answers POST /v1/responses alone. Send it there.`);
}

function translate(
  ports: OpenAiPorts,
  { promised, ...asked }: { call: UpstreamCall; model: CatalogModel; promised: Promised },
  options: AskOptions,
): AnswerEvents {
  const read = createChunkReader();
  return throughSteps(
    async () => jsonEvents(await askUpstream(ports, api, asked, options)),
    ({ json }) => read(json),
    requirePromised(promised),
  );
}

async function* relay(
  ports: OpenAiPorts,
  { call, api: relayedApi, hidesUsage, model }: Omit<RelayedCall, 'ignored'> & { model: CatalogModel },
  options: AskOptions,
): AnswerEvents {
  const answer = await askUpstream(ports, api, { call, model }, options);
  if (!call.streamed) {
    const body: unknown = parsed(await answer.text());
    const read = relayedApi === 'responses' ? readResponse : readCompletion;
    yield [{ type: 'relayed-whole', body }, ...read(body)];
    return;
  }
  const read = relayedApi === 'responses' ? createResponseReader() : createChunkReader();
  yield* throughSteps(
    async () => jsonEvents(answer),
    ({ event, json }) => {
      const shown = hidesUsage ? withoutUsage(json) : json;
      if (shown === undefined) return read(json);
      const data = `data: ${JSON.stringify(shown)}\n\n`;
      const wire = event === undefined ? data : `event: ${event}\n${data}`;
      return [{ type: 'relayed', wire, ...(isLast(json) && { last: true }) }, ...read(json)];
    },
  );
}

/**
 * Reads on after the terminator, so that the connection can serve the next call.
 * @throws DaypassError for an event that says that the answer failed
 */
async function* jsonEvents(
  answer: UpstreamAnswer,
): AsyncIterable<{ event: string | undefined; json: Record<string, unknown> }[]> {
  let isDone = false;
  try {
    for await (const { event, data } of answer.events()) {
      isDone ||= data === '[DONE]';
      if (isDone) continue;
      const json = parsed(data);
      const refusal = streamRefusal(json);
      if (refusal !== undefined) throw refusal;
      yield [{ event, json }];
    }
  } catch (error) {
    if (!isDone) throw error;
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

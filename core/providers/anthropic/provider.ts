import type { ChatSettings } from '../../catalog.ts';
import { requirePromised } from '../../chat/answer/require-promised.ts';
import { withoutCodeFence } from '../../chat/answer/without-code-fence.ts';
import type { ChatEvent } from '../../chat/chat.ts';
import type { AskOptions, Provider } from '../../chat/provider.ts';
import type { OperatorKey, SendUpstream, UpstreamAnswer, UpstreamCall } from '../../chat/upstream.ts';
import { createMessageReader, readMessage } from './read-message.ts';
import { malformed, refusalOf, streamRefusal } from './refusals.ts';
import { toMessageRequest } from './to-message-request.ts';
import { toRelayed } from './to-relayed.ts';

export interface AnthropicPorts {
  send: SendUpstream;
  key: OperatorKey | undefined;
  settings: ChatSettings;
}

/** The version of the API whose shapes are read here. */
const apiVersion = '2023-06-01';

/** Claude behind Anthropic's own API. */
export function createAnthropicProvider(ports: AnthropicPorts): Provider {
  return {
    relays: ['messages'],
    prepare(chat, model) {
      if (chat.relay?.api === 'messages') {
        const { call, ignored } = toRelayed(chat.relay, model);
        return { ignored, ask: (options) => relay(ports, call, options) };
      }
      const { body, ignored, promised } = toMessageRequest(chat, model, ports.settings);
      const call = { path: '/messages', headers: {}, body: JSON.stringify(body), streamed: true };
      return {
        ignored,
        ask(options) {
          // What Anthropic's clients choose by headers means nothing to those of other APIs.
          const events = translate(ports, call, { signal: options.signal });
          const isJson = promised.format !== undefined;
          return requirePromised(isJson ? withoutCodeFence(events) : events, promised);
        },
      };
    },
  };
}

async function open({ send, key }: AnthropicPorts, call: UpstreamCall, { signal, headers: own }: AskOptions) {
  const secret = await key?.read();
  const headers = {
    'anthropic-version': apiVersion,
    ...own,
    ...call.headers,
    'content-type': 'application/json',
    ...(secret !== undefined && { 'x-api-key': secret }),
  };
  const answer = await send({ ...call, headers }, signal);
  if (answer.status === 200) return answer;
  if (answer.status === 401) key?.forget();
  throw refusalOf(answer, await answer.text());
}

async function* translate(
  ports: AnthropicPorts,
  call: UpstreamCall,
  options: AskOptions,
): AsyncIterable<ChatEvent> {
  const read = createMessageReader();
  for await (const json of jsonEvents(await open(ports, call, options))) yield* read(json);
}

async function* relay(
  ports: AnthropicPorts,
  call: UpstreamCall,
  options: AskOptions,
): AsyncIterable<ChatEvent> {
  const answer = await open(ports, call, options);
  if (!call.streamed) {
    const body = parsed(await answer.text());
    yield { type: 'relayed-whole', body };
    yield* readMessage(body);
    return;
  }
  const read = createMessageReader();
  for await (const json of jsonEvents(answer)) {
    const wire = `event: ${json.type}\ndata: ${JSON.stringify(json)}\n\n`;
    yield { type: 'relayed', wire, ...(json.type === 'message_stop' && { last: true }) };
    yield* read(json);
  }
}

/** @throws DaypassError for an event that says that the answer failed */
async function* jsonEvents({ events }: UpstreamAnswer): AsyncIterable<Record<string, unknown>> {
  for await (const { data } of events()) {
    const json = parsed(data);
    const refusal = streamRefusal(json);
    if (refusal !== undefined) throw refusal;
    yield json;
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Refused below.
  }
  throw malformed();
}

import type { CatalogModel, ChatSettings } from '../../catalog.ts';
import { requirePromised } from '../../chat/answer/require-promised.ts';
import { type AnswerEvents, throughSteps } from '../../chat/answer/steps.ts';
import { withoutCodeFence } from '../../chat/answer/without-code-fence.ts';
import { askUpstream, type UpstreamPorts } from '../../chat/ask-upstream.ts';
import type { AskOptions, Provider } from '../../chat/provider.ts';
import type { UpstreamAnswer, UpstreamCall } from '../../chat/upstream.ts';
import { api, parsed, versionHeader } from './api.ts';
import { createMessageReader, readMessage } from './read-message.ts';
import { streamRefusal } from './refusals.ts';
import { toMessageRequest } from './to-message-request.ts';
import { toRelayed } from './to-relayed.ts';

export interface AnthropicPorts extends UpstreamPorts {
  settings: ChatSettings;
}

/** Claude behind Anthropic's own API. */
export function createAnthropicProvider(ports: AnthropicPorts): Provider {
  return {
    relays: ['messages'],
    takesOwnKeys: ports.takesOwnKeys,
    prepare(chat, model) {
      if (chat.relay?.api === 'messages') {
        const { call, ignored } = toRelayed(chat.relay, model);
        return { ignored, ask: (options) => relay(ports, { call, model }, options) };
      }
      const { body, ignored, promised } = toMessageRequest(chat, model, ports.settings);
      const call = { path: '/messages', headers: versionHeader, body: JSON.stringify(body), streamed: true };
      return {
        ignored,
        ask: (options) =>
          throughSteps(
            async () => jsonEvents(await askUpstream(ports, api, { call, model }, options)),
            createMessageReader(),
            ...(promised.format === undefined ? [] : [withoutCodeFence()]),
            requirePromised(promised),
          ),
      };
    },
  };
}

interface Asked {
  call: UpstreamCall;
  model: CatalogModel;
}

async function* relay(
  ports: AnthropicPorts,
  { call: written, model }: Asked,
  options: AskOptions,
): AnswerEvents {
  const call = { ...written, headers: { ...versionHeader, ...options.headers } };
  const answer = await askUpstream(ports, api, { call, model }, options);
  if (!call.streamed) {
    const body = parsed(await answer.text());
    yield [{ type: 'relayed-whole', body }, ...readMessage(body)];
    return;
  }
  const read = createMessageReader();
  yield* throughSteps(
    async () => jsonEvents(answer),
    (json) => {
      const wire = `event: ${json.type}\ndata: ${JSON.stringify(json)}\n\n`;
      return [{ type: 'relayed', wire, ...(json.type === 'message_stop' && { last: true }) }, ...read(json)];
    },
  );
}

/** @throws DaypassError for an event that says that the answer failed */
async function* jsonEvents({ events }: UpstreamAnswer): AsyncIterable<Record<string, unknown>[]> {
  for await (const { data } of events()) {
    const json = parsed(data);
    const refusal = streamRefusal(json);
    if (refusal !== undefined) throw refusal;
    yield [json];
  }
}

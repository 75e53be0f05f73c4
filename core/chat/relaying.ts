import * as z from 'zod';
import type { ByProvider, Catalog, ChatSettings } from '../catalog.ts';
import { jsonObject, modelName } from '../contract/chat/every-dialect-fields.ts';
import { sseDone } from './answer/server-sent-events.ts';
import type { ChatEvent, ChatRequest, RelayedApi } from './chat.ts';
import type { AnswerStream, Dialect } from './dialect.ts';
import { type Provider, relays } from './provider.ts';
import { requireCounts } from './request/refuse-field.ts';

/** The fields that we read; all others are the provider's to judge. */
const relayedBody = jsonObject.pipe(
  z.looseObject({ model: modelName, stream: z.boolean('must be true or false').nullish() }),
);
type RelayedBody = z.infer<typeof relayedBody>;

interface RelayPorts {
  providers: ByProvider<Pick<Provider, 'relays'>>;
  catalog: Pick<Catalog, 'models'>;
}

/** Whether the provider of the model that a body names speaks this dialect itself. */
export function isRelayed(json: unknown, api: RelayedApi, { providers, catalog }: RelayPorts): boolean {
  const name = (json as { model?: unknown } | null | undefined)?.model;
  const model = catalog.models.find((candidate) => candidate.name === name);
  return model !== undefined && relays(providers[model.provider], model, api);
}

/**
 * A dialect whose calls pass as the caller wrote them. A fallback at another provider gets them translated, if the
 * dialect itself can read them.
 */
export function relaying<Body>(
  dialect: Dialect<Body>,
  { models }: Pick<Catalog, 'models'>,
): Dialect<RelayedBody> {
  const { api } = dialect;
  const hasFallbacks = (name: string) =>
    models.some((model) => model.name === name && model.fallbacks.length > 0);
  return {
    ...dialect,
    body: relayedBody,
    isStreamed: ({ stream }) => stream === true,
    toChatRequest(body, settings) {
      const translated = hasFallbacks(body.model) ? translate(dialect, body, settings) : undefined;
      const relay = { api, body, isTranslated: translated !== undefined };
      if (translated !== undefined) return { ...translated, relay };
      const fieldNames = dialect.fieldNamesOf(body);
      requireCounts(
        { messages: listOf(body[fieldNames.messages]), tools: listOf(body[fieldNames.tools]) },
        settings,
        fieldNames.messages,
      );
      return { model: body.model, system: [], turns: [], stopSequences: [], fieldNames, relay };
    },
    fold(head, events, body) {
      const whole = events.find((event) => event.type === 'relayed-whole');
      return whole === undefined ? dialect.fold(head, events, body as Body) : whole.body;
    },
    stream: (head, body) =>
      relayedStream(() => dialect.stream(head, body as Body), api === 'chat-completions'),
    toFailedAnswer: ({ requestId }, refusal) => dialect.toErrorBody(refusal, requestId),
  };
}

/** Undefined for a body that the dialect refuses: the provider may know fields that it doesn't. */
function translate<Body>(
  dialect: Dialect<Body>,
  body: RelayedBody,
  settings: ChatSettings,
): ChatRequest | undefined {
  const read = dialect.body.safeParse(body);
  if (!read.success) return undefined;
  try {
    return dialect.toChatRequest(read.data, settings);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The provider's own events; or those of the dialect, if a fallback answers that had to be asked in other words. */
function relayedStream(open: () => AnswerStream, endsWithDone: boolean): AnswerStream {
  let own: AnswerStream | undefined;
  let isRelayed: boolean | undefined;
  let last = '';
  const next = (event: ChatEvent): string => {
    if (event.type === 'relayed') {
      isRelayed = true;
      if (event.last !== true) return event.wire;
      last += event.wire;
      return '';
    }
    if (isRelayed === true) return '';
    // A relayed event comes before those that say what it means.
    const begins = own === undefined;
    own ??= open();
    return begins ? own.opening() + own.next(event) : own.next(event);
  };
  return {
    opening: () => '',
    next,
    closing: () => own?.closing() ?? (endsWithDone ? last + sseDone : last),
    failure: (refusal) => (own ?? open()).failure(refusal),
  };
}

/** By which Anthropic's clients choose what its API does. */
const ownHeaders = ['anthropic-version', 'anthropic-beta'];

/** The caller's headers that a provider's API may know. */
export function relayedHeaders(
  headers: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    ownHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import { toErrorBody } from '../../../core/chat/anthropic-messages/error-body.ts';
import { toAskedRequest } from '../../../core/chat/anthropic-messages/to-chat-request.ts';
import { countTokens, takeCount } from '../../../core/chat/count-tokens.ts';
import { isRelayed, relayedHeaders, relaying } from '../../../core/chat/relaying.ts';
import { type CountTokensBody, countTokensBody } from '../../../core/contract/chat/message-request.ts';
import { knownNameIn } from '../../../core/find-model.ts';
import { findKeyInHand } from '../../../core/keys/find-key.ts';
import { sentKeysOf } from '../../../core/provider-keys/own-key.ts';
import { beforeModelMs, within } from '../../call-time.ts';
import { openTokenCounts } from '../../chat-ports.ts';
import type { ApiRequest } from '../../http/api-request.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const ports = openTokenCounts();
const { chat: settings } = ports.catalog;
/** How long a provider may take for a count: what its function has left after finding the key. */
const countMs = 15_000;

/** For models whose provider counts by this API itself. A count has no fallbacks. */
const relayed = relaying(anthropicMessages, { models: [] });
const isRelay = (json: unknown) =>
  isRelayed(json, 'messages', { providers: ports.counters, catalog: ports.catalog });

/** The key in hand, with one of its counts of this minute taken. */
const requireKey = ({ headers }: Pick<ApiRequest, 'headers'>) =>
  within(beforeModelMs, async () => {
    const key = await findKeyInHand(ports, headers);
    await takeCount(ports, key);
    return key;
  });
const input = {
  // Who has no key learns that, and not what is wrong with the body.
  onUnread: async (request: ApiRequest) => void (await requireKey(request)),
  body: (json: unknown) => (isRelay(json) ? relayed.body : countTokensBody) as typeof countTokensBody,
  bodyLimits: { maxBytes: settings.maxBodyBytes, maxDepth: settings.maxDepth },
  modelOf: knownNameIn(ports.catalog),
  toErrorBody,
};
const toRequest = (body: CountTokensBody) =>
  isRelay(body) ? relayed.toChatRequest(body, settings) : toAskedRequest(body, settings);

/**
 * POST /v1/messages/count_tokens. It requires no key at API Gateway, which would count the call against the plan, and
 * checks the key itself.
 */
export const handler = jsonRoute(input, async ({ body, headers }) => {
  const key = await requireKey({ headers });
  const inputTokens = await countTokens(ports, key, {
    request: toRequest(body),
    origin: headers.origin,
    sentKeys: sentKeysOf(headers),
    headers: relayedHeaders(headers),
    signal: AbortSignal.timeout(countMs),
  });
  return { status: 200, body: { input_tokens: inputTokens } };
});

import { toErrorBody } from '../../../core/chat/anthropic-messages/error-body.ts';
import { toAskedRequest } from '../../../core/chat/anthropic-messages/to-chat-request.ts';
import { countTokens, takeCount } from '../../../core/chat/count-tokens.ts';
import { countTokensBody } from '../../../core/contract/chat/message-request.ts';
import { findKeyInHand } from '../../../core/keys/find-key.ts';
import { beforeModelMs, within } from '../../call-time.ts';
import { openTokenCounts } from '../../chat-ports.ts';
import type { ApiRequest } from '../../http/api-request.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const ports = openTokenCounts();
const { chat: settings } = ports.catalog;

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
  body: countTokensBody,
  bodyLimits: { maxBytes: settings.maxBodyBytes, maxDepth: settings.maxDepth },
  toErrorBody,
};

/**
 * POST /v1/messages/count_tokens. It requires no key at API Gateway, which would count the call against the plan, and
 * checks the key itself.
 */
export const handler = jsonRoute(input, async ({ body, headers }) => {
  const key = await requireKey({ headers });
  const request = toAskedRequest(body, settings);
  const inputTokens = await countTokens(ports, key, { request, origin: headers.origin });
  return { status: 200, body: { input_tokens: inputTokens } };
});

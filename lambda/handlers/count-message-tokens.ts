import { toErrorBody } from '../../core/chat/anthropic-messages/error-body.ts';
import { toAskedRequest } from '../../core/chat/anthropic-messages/to-chat-request.ts';
import { countTokens, takeCount } from '../../core/chat/count-tokens.ts';
import { countTokensBody } from '../../core/contract/message-request.ts';
import { findKeyInHand } from '../../core/keys/key-in-hand.ts';
import { createCallLimits } from '../adapters/accounts/call-limits.ts';
import { beforeModelMs, within } from '../adapters/call-time.ts';
import { createDynamoKeys } from '../adapters/keys/dynamo-keys.ts';
import { createDynamoKeyMeters } from '../adapters/meter/key-meters.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { jsonRoute } from '../http/pipeline.ts';
import { openCounters } from '../providers.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const keyPorts = { keys: createDynamoKeys(table), meters: createDynamoKeyMeters(table), clock: Date };
const roomPorts = { takeCall: createCallLimits(table), clock: Date, catalog };
const countPorts = { counters: openCounters(), catalog };
const { chat: settings } = catalog;
/** The key in hand, with one of its counts of this minute taken. */
const requireKey = ({ headers }: Pick<ApiRequest, 'headers'>) =>
  within(beforeModelMs, async () => {
    const key = await findKeyInHand(keyPorts, headers);
    await takeCount(roomPorts, key);
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
  const inputTokens = await countTokens(countPorts, key, { request, origin: headers.origin });
  return { status: 200, body: { input_tokens: inputTokens } };
});

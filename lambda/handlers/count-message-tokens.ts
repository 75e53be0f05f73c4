import { toMessageError } from '../../core/chat/anthropic-messages/error-body.ts';
import { toAskedRequest } from '../../core/chat/anthropic-messages/to-chat-request.ts';
import { countTokens, takeCount } from '../../core/chat/count-tokens.ts';
import { countTokensBody } from '../../core/contract/message-request.ts';
import { findKeyInHand } from '../../core/keys/key-in-hand.ts';
import { createTokenCounts } from '../adapters/bedrock-token-counts.ts';
import { beforeModelMs, within } from '../adapters/call-time.ts';
import { createCallLimits } from '../adapters/dynamo-call-limits.ts';
import { createDynamoKeyMeters } from '../adapters/dynamo-key-meters.ts';
import { createDynamoKeys } from '../adapters/dynamo-keys.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { jsonRoute } from '../http/pipeline.ts';

const table = openTable(readEnvironment(tableEnvironment).TABLE_NAME);
const keyPorts = { keys: createDynamoKeys(table), meters: createDynamoKeyMeters(table), clock: Date };
const roomPorts = { takeCall: createCallLimits(table), clock: Date, catalog };
const countPorts = { countTokens: createTokenCounts(), catalog };
const { chat: settings } = catalog;
const input = {
  body: countTokensBody,
  bodyLimits: { maxBytes: settings.maxBodyBytes, maxDepth: settings.maxDepth },
  toErrorBody: toMessageError,
};

/** POST /v1/messages/count_tokens. It requires no key at API Gateway, which would count the call against the plan, and checks the key itself. */
export const handler = jsonRoute(input, async ({ body, headers }) => {
  const key = await within(beforeModelMs, async () => {
    const found = await findKeyInHand(keyPorts, headers);
    await takeCount(roomPorts, found);
    return found;
  });
  const request = toAskedRequest(body, settings);
  const inputTokens = await countTokens(countPorts, key, { request, origin: headers.origin });
  return { status: 200, body: { input_tokens: inputTokens } };
});

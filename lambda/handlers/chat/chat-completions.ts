import { liveCaller } from '../../../core/accounts/live-caller.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { findNamedKey, keyIdHeader } from '../../../core/keys/find-key.ts';
import { openChat, openLogins } from '../../chat-ports.ts';
import { chatRoute, sentKey } from '../../http/chat-route.ts';

const { ends, records } = openLogins();

/** POST /v1/chat/completions, and /v1/console/chat/completions, which alone has the claims of a login. */
export const handler = chatRoute(openAiChat, openChat(), async (request) => {
  const { apiKeyId, claims, headers } = request;
  if (claims === undefined) return sentKey({ apiKeyId });
  const { userId } = await liveCaller(ends, claims);
  return findNamedKey(records, userId, headers[keyIdHeader]);
});

import { embeddingBody } from '../../../core/contract/chat/embeddings.ts';
import { toEmbeddingList } from '../../../core/embeddings/embedding-list.ts';
import { embed } from '../../../core/embeddings/metered-embeddings.ts';
import { knownNameIn } from '../../../core/find-model.ts';
import { countUncharged } from '../../../core/metering/charge.ts';
import { unknownKey } from '../../../core/metering/refusal.ts';
import { sentKeysOf } from '../../../core/provider-keys/own-key.ts';
import { openEmbeddings } from '../../chat-ports.ts';
import { toDaypassError } from '../../http/error-answer.ts';
import { streamingRoute } from '../../http/pipeline.ts';
import { patiently, slowJson } from '../../http/streaming/slow-answer.ts';
import { logAnswerBroke } from '../../log.ts';

const ports = openEmbeddings();
const { maxBodyBytes: maxBytes, maxDepth } = ports.catalog.chat;

/** POST /v1/embeddings. Its answer is sent as a stream, since hundreds of vectors are more than Lambda returns whole. */
export const handler = streamingRoute(
  {
    body: embeddingBody,
    bodyLimits: { maxBytes, maxDepth },
    modelOf: knownNameIn(ports.catalog),
    onUnread: ({ id, route, apiKeyId }, refusal) =>
      countUncharged(ports, { requestId: id, route, apiKeyId }, refusal),
  },
  ({ id, route, body, apiKeyId, clientAddress, headers, signal }) =>
    patiently(false, async (patience) => {
      if (apiKeyId === undefined) throw unknownKey();
      const sentKeys = sentKeysOf(headers);
      const call = {
        apiKeyId,
        requestId: id,
        route,
        clientAddress,
        origin: headers.origin,
        sentKeys,
        signal,
      };
      const embeddings = await embed(ports, call, body);
      const list = embeddings.answer.then((answer) => JSON.stringify(toEmbeddingList(answer, body)));
      const accepted = headers['accept-encoding'];
      const answered = await slowJson(list, { patience, accepted }, (error) => {
        logAnswerBroke(id, body.model, error);
        return JSON.stringify(toDaypassError(error).toBody());
      });
      return {
        status: 200,
        headers: { ...embeddings.headers, ...answered.headers },
        body: answered.body,
      };
    }),
);

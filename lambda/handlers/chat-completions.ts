import { openMeteredChat } from '../../core/chat/metered-chat.ts';
import { toCompletion } from '../../core/chat/openai-chat/completion.ts';
import { streamCompletion } from '../../core/chat/openai-chat/stream-completion.ts';
import { toChatRequest } from '../../core/chat/openai-chat/to-chat-request.ts';
import { chatCompletionBody } from '../../core/contract/chat.ts';
import { unknownKey } from '../../core/metering.ts';
import { createBedrockModels } from '../adapters/bedrock-models.ts';
import { createDynamoMeter } from '../adapters/dynamo-meter.ts';
import { openTable } from '../adapters/table.ts';
import { catalog } from '../catalog.ts';
import { readEnvironment, tableEnvironment } from '../env.ts';
import { toErrorBody } from '../http/error-answer.ts';
import { toEventStream } from '../http/event-stream.ts';
import { streamingRoute } from '../http/pipeline.ts';
import { logBooksFailed } from '../http/request-log.ts';

const ports = {
  meter: createDynamoMeter(openTable(readEnvironment(tableEnvironment).TABLE_NAME), catalog.limits),
  openModel: createBedrockModels(),
  clock: Date,
  catalog,
  onBooksFailed: logBooksFailed,
};
const bodyLimits = { maxBytes: catalog.chat.maxBodyBytes, maxDepth: catalog.chat.maxDepth };

/** POST /v1/chat/completions */
export const handler = streamingRoute(
  { body: chatCompletionBody, bodyLimits },
  async ({ id, body, apiKeyId, clientAddress, headers, signal }) => {
    if (apiKeyId === undefined) throw unknownKey();
    const request = toChatRequest(body, catalog.chat);
    const call = {
      apiKeyId,
      requestId: id,
      clientAddress,
      origin: headers.origin,
      streamed: body.stream === true,
      signal,
    };
    const chat = await openMeteredChat(ports, call, request);
    const head = { id: `chatcmpl-${id}`, created: Math.floor(Date.now() / 1000), model: chat.model.name };
    if (body.stream === true) {
      const includeUsage = body.stream_options?.include_usage === true;
      return {
        status: 200,
        headers: {
          ...chat.headers,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache',
        },
        body: toEventStream(streamCompletion(head, chat.events, { includeUsage, toErrorBody })),
      };
    }
    const completion = toCompletion(head, await Array.fromAsync(chat.events));
    return {
      status: 200,
      headers: { ...chat.headers, 'content-type': 'application/json' },
      body: JSON.stringify(completion),
    };
  },
);

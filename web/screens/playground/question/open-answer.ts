import { chatRoutes } from '../../../../core/contract/chat/chat-routes.ts';
import type { Api } from '../../../api.ts';
import { readRateLimits } from '../../../rate-limits.ts';
import { readChatStream } from '../../../read-server-sent-events.ts';
import type { AnswerEvent } from '../answer/answer.ts';
import { type CompletionChunk, eventsOfChunk } from '../answer/completion-events.ts';
import type { ConversationDeps } from '../conversation.ts';
import { callBody } from './body-to-send.ts';

/** Uses Chat Completions, streamed: with a key’s secret, or by the login with the id of an own key. */
export function openAnswer(api: Pick<Api, 'open'>): ConversationDeps['open'] {
  return async (ask, signal) => {
    const { keyId, secret = '' } = ask.key;
    const call = { body: callBody(ask), signal };
    const { body, headers } =
      keyId === undefined
        ? await api.open(chatRoutes.createChatCompletion, { ...call, key: secret })
        : await api.open(chatRoutes.createConsoleChatCompletion, {
            ...call,
            headers: { 'x-daypass-key-id': keyId },
          });
    return { limits: readRateLimits(headers), events: readCompletion(body ?? new Response('').body) };
  };
}

async function* readCompletion(body: Response['body']): AsyncGenerator<AnswerEvent> {
  if (body === null) return;
  for await (const chunk of readChatStream<CompletionChunk>(body)) yield* eventsOfChunk(chunk);
}

import type { ChatSettings } from '../../catalog.ts';
import { limitCalls } from '../../chat/answer/limit-calls.ts';
import { requirePromised } from '../../chat/answer/require-promised.ts';
import { throughSteps } from '../../chat/answer/steps.ts';
import { withoutCodeFence } from '../../chat/answer/without-code-fence.ts';
import type { Provider } from '../../chat/provider.ts';
import type { ConverseEvent, ConverseRequest } from './converse-shapes.ts';
import { createAnswerReader } from './read-answer.ts';
import { toConverse } from './to-converse.ts';

/**
 * Calls Bedrock's ConverseStream. Resolves with the first event, so that a refusal rejects; the promise and the events
 * throw DaypassError. Events that came at once are one list.
 */
export type ConverseStream = (
  request: ConverseRequest,
  signal: AbortSignal,
) => Promise<AsyncIterable<readonly ConverseEvent[]>>;

/** Models on Amazon Bedrock, asked by Converse. */
export function createBedrockProvider(converse: ConverseStream, settings: ChatSettings): Provider {
  return {
    prepare(chat, model) {
      const call = toConverse(chat, model, settings);
      return {
        ignored: call.ignored,
        ask: ({ signal }) =>
          throughSteps(
            () => converse(call.request, signal),
            createAnswerReader(call.answerTool),
            limitCalls(call.calls),
            ...(call.mayBeFenced ? [withoutCodeFence()] : []),
            requirePromised(call.promised),
          ),
      };
    },
  };
}

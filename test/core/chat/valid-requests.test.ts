import fc from 'fast-check';
import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { Dialect } from '../../../core/chat/dialect.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { DaypassError } from '../../../core/errors.ts';
import { toConverse } from '../../../core/providers/bedrock/to-converse.ts';
import { parseConverseRequest } from '../../../local/aws/bedrock/request/parse-converse-request.ts';
import { validateConverse } from '../../../local/aws/bedrock/validation/validate-converse.ts';
import { anyConversation, type Conversation } from './any-conversation.ts';
import { catalog } from './shown-models.ts';
import { asChatCompletion, asMessage, asResponse } from './write-conversation.ts';

const conversation = anyConversation(200_000);

/** The request as it is on the wire: bytes are base64 there. */
function onTheWire(request: object) {
  const body = JSON.stringify(request, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key];
    return raw instanceof Uint8Array ? Buffer.from(raw).toString('base64') : value;
  });
  return JSON.parse(body);
}

/** Whether the model is asked, or the request refused by the name of a field. */
function outcome<Body>(dialect: Dialect<Body>, body: unknown, model: (typeof catalog.models)[number]) {
  const parsed = dialect.body.parse(body);
  try {
    const { request } = toConverse(dialect.toChatRequest(parsed, catalog.chat), model, catalog.chat);
    const { modelId, ...rest } = onTheWire(request);
    validateConverse(parseConverseRequest(modelId, rest), 'stream');
    return 'asked';
  } catch (error) {
    if (!(error instanceof DaypassError)) throw error;
    expect([error.status, typeof error.param]).toEqual([400, 'string']);
    return 'refused';
  }
}

describe.each<[string, Dialect<never>, (talk: Conversation) => unknown]>([
  ['Chat Completions', openAiChat as Dialect<never>, asChatCompletion],
  ['Messages', anthropicMessages as Dialect<never>, asMessage],
  ['Responses', openAiResponses as Dialect<never>, asResponse],
])('a valid request of %s', (_name, dialect, write) => {
  test.each(catalog.models.map((model) => [model.name, model] as const))(
    'is refused by name, or becomes a request that Bedrock accepts: %s',
    (_model, model) => {
      const outcomes = new Set<string>();
      fc.assert(
        fc.property(conversation, (talk) => {
          outcomes.add(outcome(dialect, write(talk), model));
        }),
        { numRuns: 150 },
      );
      expect([...outcomes].sort()).toEqual(['asked', 'refused']);
    },
  );
});

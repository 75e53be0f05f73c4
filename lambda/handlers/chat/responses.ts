import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { openChat } from '../../chat-ports.ts';
import { chatRoute } from '../../http/chat-route.ts';

/** POST /v1/responses */
export const handler = chatRoute(openAiResponses, openChat());

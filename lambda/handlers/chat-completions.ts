import { openAiChat } from '../../core/chat/openai-chat/dialect.ts';
import { chatPorts } from '../chat-ports.ts';
import { chatRoute } from '../http/chat-route.ts';

/** POST /v1/chat/completions */
export const handler = chatRoute(openAiChat, chatPorts);

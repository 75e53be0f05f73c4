import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openChat } from '../../chat-ports.ts';
import { chatRoute } from '../../http/chat-route.ts';

/** POST /v1/chat/completions */
export const handler = chatRoute(openAiChat, openChat());

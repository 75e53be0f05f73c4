import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import { openChat } from '../../chat-ports.ts';
import { chatRoute } from '../../http/chat-route.ts';

/** POST /v1/messages */
export const handler = chatRoute(anthropicMessages, openChat());

import { setTimeout } from 'node:timers/promises';
import type { ChatPorts } from '../core/chat/metered-chat.ts';
import { createBedrockModels } from './adapters/bedrock-models.ts';
import { bookPorts } from './book-ports.ts';
import { catalog } from './catalog.ts';
import { heartbeatMs, patienceMs } from './http/event-stream.ts';

/** What every chat route stands on, whatever its dialect. */
export const chatPorts: ChatPorts = {
  ...bookPorts,
  openModel: createBedrockModels(),
  patience: (streamed) => setTimeout(streamed ? heartbeatMs : patienceMs, undefined, { ref: false }),
  catalog,
};

import { setTimeout } from 'node:timers/promises';
import type { ChatPorts } from '../core/chat/metered-chat.ts';
import { createBedrockModels } from './adapters/bedrock-models.ts';
import { bookPorts } from './book-ports.ts';
import { catalog } from './catalog.ts';

/** What every chat route stands on, whatever its dialect. */
export const chatPorts: ChatPorts = {
  ...bookPorts,
  openModel: createBedrockModels(),
  // Heartbeats begin 15 seconds later; CloudFront waits for 60 in all.
  patience: () => setTimeout(10_000, undefined, { ref: false }),
  catalog,
};

import { createBedrockModels } from './adapters/bedrock/models.ts';
import { bookPorts } from './book-ports.ts';
import { catalog } from './catalog.ts';
import type { ChatRoutePorts } from './http/chat-route.ts';
import { patiently } from './http/patience.ts';

/** What every chat route stands on, whatever its dialect. */
export const chatPorts: ChatRoutePorts = {
  ...bookPorts,
  openModel: createBedrockModels(),
  patiently,
  catalog,
};

import { bookPorts } from './book-ports.ts';
import { catalog } from './catalog.ts';
import type { ChatRoutePorts } from './http/chat-route.ts';
import { patiently } from './http/patience.ts';
import { logUnknownStop } from './http/request-log.ts';
import { openProviders } from './providers.ts';

/** What every chat route stands on, whatever its dialect. */
export const chatPorts: ChatRoutePorts = {
  ...bookPorts,
  providers: openProviders(),
  onUnknownStop: logUnknownStop,
  patiently,
  catalog,
};

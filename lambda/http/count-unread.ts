import type { BookPorts } from '../../core/chat/settle-answer.ts';
import { countUncharged } from '../../core/chat/take-charge.ts';
import type { ApiRequest } from './api-request.ts';

/** API Gateway has counted a call that could not be read, and so must the gate. */
export function countUnread(ports: BookPorts) {
  return async ({ apiKeyId }: ApiRequest): Promise<void> => {
    if (apiKeyId !== undefined) await countUncharged(ports, apiKeyId);
  };
}

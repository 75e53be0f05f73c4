import { countUncharged } from '../../core/metering/charge.ts';
import type { BookPorts } from '../../core/metering/ports.ts';
import type { ApiRequest } from './api-request.ts';

/** A call that could not be read was counted by API Gateway, so the gate counts it too. */
export function countUnread(ports: BookPorts) {
  return async ({ apiKeyId }: ApiRequest): Promise<void> => {
    if (apiKeyId !== undefined) await countUncharged(ports, apiKeyId);
  };
}

import { countUncharged } from '../../core/metering/charge.ts';
import type { BookPorts } from '../../core/metering/ports.ts';
import type { ApiRequest } from './api-request.ts';

/** API Gateway has counted a call whose body can't be read, so the gate counts it too. */
export function countUnread(ports: BookPorts) {
  return async ({ apiKeyId }: ApiRequest): Promise<void> => {
    if (apiKeyId !== undefined) await countUncharged(ports, apiKeyId);
  };
}

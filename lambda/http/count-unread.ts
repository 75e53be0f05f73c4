import { countUncharged } from '../../core/metering/charge.ts';
import type { MeterPorts } from '../../core/metering/ports.ts';
import type { ApiRequest } from './api-request.ts';

/** API Gateway has counted a call whose body can't be read, so the gate counts it too. */
export function countUnread(ports: MeterPorts) {
  return async ({ apiKeyId }: ApiRequest): Promise<void> => {
    if (apiKeyId !== undefined) await countUncharged(ports, apiKeyId);
  };
}

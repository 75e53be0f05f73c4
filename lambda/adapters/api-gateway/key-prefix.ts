import { createHash } from 'node:crypto';

/**
 * What all API Gateway keys of this deployment begin with. An account's keys are one list: without a prefix of
 * its own a second deployment would look like orphans to the first one's reconciler. A table belongs to one
 * deployment and outlives its updates.
 */
export function gatewayKeyPrefix(tableName: string): string {
  return `daypass-${createHash('sha256').update(tableName).digest('hex').slice(0, 8)}.`;
}

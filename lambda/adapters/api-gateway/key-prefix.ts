import { createHash } from 'node:crypto';

/**
 * Begins the names of this deployment's keys in API Gateway. All keys of an account are in one list, so without a prefix the
 * reconciler would take another deployment's keys for orphans. It is derived from the table, which belongs to one
 * deployment and outlives its updates.
 */
export function gatewayKeyPrefix(tableName: string): string {
  return `daypass-${createHash('sha256').update(tableName).digest('hex').slice(0, 8)}.`;
}

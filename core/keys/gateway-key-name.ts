/**
 * API Gateway's name of a key's value, without the deployment's prefix: unique for each value, and telling whose
 * it is, so that a key found there can be traced to its record without a search.
 */
export function gatewayKeyName(key: { userId: string; keyId: string }, valueHash: string): string {
  return `${key.userId}.${key.keyId}.${valueHash.slice(0, 12)}`;
}

/** Reads a name back; undefined for one that was not made here. */
export function readGatewayKeyName(
  name: string,
): { userId: string; keyId: string; valueStart: string } | undefined {
  const [, userId, keyId, valueStart] = /^([^.]+)\.(key_[^.]+)\.([0-9a-f]{12})$/.exec(name) ?? [];
  if (userId === undefined || keyId === undefined || valueStart === undefined) return undefined;
  return { userId, keyId, valueStart };
}

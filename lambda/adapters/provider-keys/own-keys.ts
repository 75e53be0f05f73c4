import { DaypassError } from '../../../core/errors.ts';
import type { KeptKey } from '../../../core/provider-keys/kept-keys.ts';
import type { OwnKey, OwnKeys } from '../../../core/provider-keys/own-key.ts';
import { AwsJsonError } from '../aws/aws-json.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { readItems } from '../table-reads.ts';
import { createOpen } from './sealing.ts';

/** @param hosts of the providers that take keys of callers, by their names */
export function createOwnKeys(
  table: HotTable,
  hosts: Readonly<Record<string, string>>,
  open = createOpen(),
): OwnKeys {
  return {
    async find({ userId, keyId }, provider): Promise<OwnKey | undefined> {
      const items = await readItems(table, [
        itemKeys.providerKey(userId, keyId, provider),
        itemKeys.providerKey(userId, 'account', provider),
      ]);
      const kept = items as unknown as KeptKey[];
      const key = kept.find(({ scope }) => scope === keyId) ?? kept[0];
      // What was kept for another host goes nowhere else.
      if (key === undefined || key.host !== hosts[provider]) return undefined;
      const { scope, host, sealed } = key;
      const secret = await open({ userId, scope, provider, host }, sealed).catch(unreadable);
      return { secret, from: scope === 'account' ? 'account' : 'key' };
    },
  };
}

/** What KMS refuses to open was changed, or sealed for somebody else. */
function unreadable(error: unknown): never {
  if (error instanceof AwsJsonError && !error.isPassing) {
    throw new DaypassError('provider_key_refused', 'Your own provider key can’t be opened. Keep it anew.', {
      cause: error,
    });
  }
  throw new DaypassError(
    'service_unavailable',
    'A part of this service did not answer. Try again in a moment.',
    {
      retryAfterSeconds: 2,
      cause: error,
    },
  );
}

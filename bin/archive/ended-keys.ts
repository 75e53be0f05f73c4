import type { KeyRecord } from '../../core/keys/ports.ts';
import type { Item } from './item-json.ts';
import type { ItemKind } from './item-kinds.ts';

/** What a key has only as long as it has not ended. */
const ofLiveKeys = new Set(['metering', 'look-ups by hash', 'live keys', 'provider keys']);

export const isOfLiveKey = ({ name }: ItemKind): boolean => ofLiveKeys.has(name);

export const keyIdOf = (item: Item, { name }: ItemKind): string =>
  item.keyId?.S ?? (name === 'live keys' ? item.sk?.S : undefined) ?? '';

export const hasEnded = ({ status }: Pick<KeyRecord, 'status'>): boolean =>
  status === 'revoked' || status === 'expired';

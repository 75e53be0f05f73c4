import { hasEnded, isOfLiveKey, keyIdOf } from '../archive/ended-keys.ts';
import type { Item } from '../archive/item-json.ts';
import type { ItemKind } from '../archive/item-kinds.ts';
import type { KeyFacts } from './key-facts.ts';

/**
 * Whether an item that the table lacks may come back.
 * @returns the item to put, which may lack parts; a text says why it is left out
 */
export function decide(item: Item, kind: ItemKind, { users, keys }: KeyFacts, now: number): Item | string {
  if (kind.restore !== true) return kind.restore;
  if (Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now) return 'its time is over';
  const userId = ownerOf(item);
  // An event of the trail stays true.
  if (userId !== undefined && !users.has(userId) && kind.name !== 'audit trail')
    return 'its user was deleted since, or is not in Cognito';
  const record = keys.get(keyIdOf(item, kind));
  if (record === undefined || !hasEnded(record)) return item;
  if (kind.name === 'places and decisions') {
    const { keyId: _key, meterId: _meter, ...place } = item;
    return place;
  }
  return isOfLiveKey(kind) ? 'its key has ended since' : item;
}

function ownerOf(item: Item): string | undefined {
  return item.userId?.S ?? /^USER#(.+)$/.exec(item.pk?.S ?? '')?.[1];
}

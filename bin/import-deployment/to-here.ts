import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { itemKeys } from '../../lambda/adapters/table.ts';
import { type Item, itemFromJson, itemToJson } from '../archive/item-json.ts';
import type { ItemKind } from '../archive/item-kinds.ts';

export interface Ids {
  /** Of users and of API Gateway's keys: here, by those at the other place. */
  users: ReadonlyMap<string, string>;
  apiKeys: ReadonlyMap<string, string>;
  /** API Gateway's ids of the plans here, by their public names. */
  usagePlans: ReadonlyMap<string, string>;
}

const userIdForm = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const apiKeyIdForm = /\b[a-z0-9]{10}\b/g;
/** Of a metering item: what the fence of the other place has counted, and calls that run there. */
const ofOtherFence = /^(?:fence|room|lifts|ended)-|^charged$/;

/**
 * An item as it belongs here: with the ids of this deployment.
 * @returns a text says why it is left out
 */
export function toHere(item: Item, kind: ItemKind, ids: Ids, now: number): Item | string {
  if (kind.move !== true) return kind.move;
  if (Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now) return 'its time is over';
  const owner = item.userId?.S ?? /^USER#(.+)$/.exec(item.pk?.S ?? '')?.[1];
  if (owner !== undefined && owner !== '' && !ids.users.has(owner) && kind.name !== 'audit trail')
    return 'its user was not moved';
  if (kind.name === 'unfinished operations') {
    if (item.kind?.S === 'repair') return 'a repair of the other place';
    const moved = renamed(item, ids);
    const key = itemKeys.pending(moved.sk?.S ?? '');
    return { ...moved, pk: { S: key.pk }, sk: { S: key.sk } };
  }
  if (kind.name !== 'metering') return renamed(item, ids);
  const kept = Object.entries(renamed(item, ids)).filter(([name]) => !ofOtherFence.test(name));
  const usagePlanId = ids.usagePlans.get(item.plan?.S ?? '');
  return {
    ...(Object.fromEntries(kept) as Record<string, AttributeValue>),
    ...(usagePlanId !== undefined && item.usagePlanId && { usagePlanId: { S: usagePlanId } }),
  };
}

/** In names and values, at every depth: an id means the same wherever it is. */
function renamed(item: Item, { users, apiKeys }: Ids): Item {
  const text = JSON.stringify(itemToJson(item))
    .replace(userIdForm, (id) => users.get(id) ?? id)
    .replace(apiKeyIdForm, (id) => apiKeys.get(id) ?? id);
  return itemFromJson(JSON.parse(text) as Record<string, unknown>);
}

import { type HasSession, onePerUser } from '../one-per-user.ts';
import { createValueStore } from '../value-store.ts';

/** The key that the playground calls with. Kept only in this tab's memory, so a reload clears it. */
export interface HeldKey {
  /** Identifies the key in this tab without revealing it. */
  id: number;
  secret: string;
  /** Just made: on AWS it may take a minute to start working. */
  isNew: boolean;
}

/**
 * Where the playground finds its key. A screen that has just made one puts it here before it opens the playground:
 * `keyInHand(useConsole()).hold(secret, { isNew: true })`.
 */
export const keyInHand = onePerUser(createKeyInHand, (hand) => hand.drop());

function createKeyInHand(_who: HasSession) {
  const store = createValueStore<HeldKey | undefined>(undefined);
  let id = 0;
  return {
    get: store.get,
    subscribe: store.subscribe,
    hold(secret: string, { isNew }: Pick<HeldKey, 'isNew'>): HeldKey {
      id += 1;
      const held = { id, secret, isNew };
      store.set(held);
      return held;
    },
    drop: () => store.set(undefined),
  };
}

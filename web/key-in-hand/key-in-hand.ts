import { onePerPerson, type WhoIsThere } from '../one-per-person.ts';
import { createValueStore } from '../value-store.ts';

/** The key that the playground calls with. In this tab's memory and nowhere else; a reload forgets it. */
export interface HeldKey {
  /** Names it in this tab without telling it. */
  id: number;
  value: string;
  /** Made a moment ago: on AWS it may take up to a minute to work. */
  isNew: boolean;
}

/**
 * Where the playground finds its key. Whoever has just made one leaves it here before leading there:
 * `keyInHand(useConsole()).hold(value, { isNew: true })`.
 */
export const keyInHand = onePerPerson(createKeyInHand, (hand) => hand.drop());

function createKeyInHand(_who: WhoIsThere) {
  const store = createValueStore<HeldKey | undefined>(undefined);
  let id = 0;
  return {
    get: store.get,
    subscribe: store.subscribe,
    hold(value: string, { isNew }: Pick<HeldKey, 'isNew'>): HeldKey {
      id += 1;
      const held = { id, value, isNew };
      store.set(held);
      return held;
    },
    drop: () => store.set(undefined),
  };
}

import { type HasSession, onePerUser } from '../one-per-user.ts';
import { createValueStore } from '../value-store.ts';

/** What the playground asks with: one of the user's own keys, by the login, or a key by its secret. */
export interface HeldKey {
  /** Identifies the key in this tab without revealing it. */
  id: string;
  /** Of a key of the user's own: calls name it and come with the login. */
  keyId?: string | undefined;
  /** Kept only in this tab's memory, so a reload clears it. Of an own key it is known only just after it was made. */
  secret?: string | undefined;
}

/** A key whose secret is known. */
interface SecretInHand extends HeldKey {
  secret: string;
  /** A screen has just shown it, so it is of a key of the user's own. */
  isNew: boolean;
}

/**
 * Where screens that need a key's secret find it. A screen that has just made one puts it here before it opens the
 * playground: `keyInHand(useConsole()).hold(secret, { isNew: true })`.
 */
export const keyInHand = onePerUser(createKeyInHand, (hand) => hand.drop());

function createKeyInHand(_who: HasSession) {
  const store = createValueStore<SecretInHand | undefined>(undefined);
  let id = 0;
  return {
    get: store.get,
    subscribe: store.subscribe,
    hold(secret: string, { isNew }: Pick<SecretInHand, 'isNew'>): SecretInHand {
      id += 1;
      const held = { id: `held-${id}`, secret, isNew };
      store.set(held);
      return held;
    },
    drop: () => store.set(undefined),
  };
}

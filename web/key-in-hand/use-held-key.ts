import { useMemo, useState, useSyncExternalStore } from 'react';
import type { HeldKey } from './key-in-hand.ts';
import { ownKeyChoice, pickOwnKey } from './own-key-choice.ts';
import { useOwnKeys } from './use-own-keys.ts';
import { useSecretInHand } from './use-secret-in-hand.ts';

/** @returns `key`: undefined while the user's keys are loading, and if they have none and pasted none */
export function useHeldKey(): { own: ReturnType<typeof useOwnKeys>; key: HeldKey | undefined } {
  const inHand = useSecretInHand();
  const own = useOwnKeys();
  const choice = useSyncExternalStore(ownKeyChoice.subscribe, ownKeyChoice.get);
  const [latest, setLatest] = useState<{ id: string; choice: typeof choice }>();
  const keys = own.data ?? [];
  const made = inHand?.isNew ? keys.find(({ last4 }) => inHand.secret.endsWith(last4)) : undefined;
  // A key that is made meanwhile is chosen when the screen is opened the next time.
  const kept = latest?.choice === choice ? keys.find(({ id }) => id === latest?.id) : undefined;
  const picked = kept ?? pickOwnKey(keys, choice);
  if (inHand === undefined && picked !== undefined && kept === undefined)
    setLatest({ id: picked.id, choice });
  const keyId = (made ?? (inHand === undefined ? picked : undefined))?.id;
  // A key that was just made may not be in the list yet.
  const isAwaited = made === undefined && inHand?.isNew === true && own.isFetching;
  const secret = made === undefined ? undefined : inHand?.secret;
  const key = useMemo(
    () => (keyId === undefined ? inHand : { id: keyId, keyId, secret }),
    [keyId, inHand, secret],
  );
  return { own, key: isAwaited ? undefined : key };
}

import { useSyncExternalStore } from 'react';
import { useConsole } from '../shell/console-context.ts';
import { keyInHand } from './key-in-hand.ts';

/** The key whose secret is known, if any. */
export function useSecretInHand() {
  const hand = keyInHand(useConsole());
  return useSyncExternalStore(hand.subscribe, hand.get);
}

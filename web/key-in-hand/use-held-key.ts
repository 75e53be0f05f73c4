import { useSyncExternalStore } from 'react';
import { useConsole } from '../shell/console-context.ts';
import { type HeldKey, keyInHand } from './key-in-hand.ts';

export function useHeldKey(): HeldKey | undefined {
  const hand = keyInHand(useConsole());
  return useSyncExternalStore(hand.subscribe, hand.get);
}

import { useSyncExternalStore } from 'react';
import { useConsole } from '../../shell/console-context.ts';
import { type HeldKey, keyInHand } from './key-in-hand.ts';
import { type Playground, playgroundOf } from './playground.ts';
import type { ValueStore } from './value-store.ts';

export const usePlayground = (): Playground => playgroundOf(useConsole());

export function useConversation() {
  const { conversation } = usePlayground();
  return useSyncExternalStore(conversation.subscribe, conversation.state);
}

export function useHeldKey(): HeldKey | undefined {
  const hand = keyInHand(useConsole());
  return useSyncExternalStore(hand.subscribe, hand.get);
}

export function useStored<Value>({ subscribe, get }: ValueStore<Value>): Value {
  return useSyncExternalStore(subscribe, get);
}

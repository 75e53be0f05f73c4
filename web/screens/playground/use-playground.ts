import { useSyncExternalStore } from 'react';
import { useConsole } from '../../shell/console-context.ts';
import type { ValueStore } from '../../value-store.ts';
import { type Playground, playgroundOf } from './playground.ts';

export const usePlayground = (): Playground => playgroundOf(useConsole());

export function useConversations() {
  const { conversations } = usePlayground();
  return useSyncExternalStore(conversations.subscribe, conversations.state);
}

export function useStored<Value>({ subscribe, get }: Pick<ValueStore<Value>, 'get' | 'subscribe'>): Value {
  return useSyncExternalStore(subscribe, get);
}
